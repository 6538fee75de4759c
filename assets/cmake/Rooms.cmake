# smartca_room(NAME DIRECTORY dir SOURCES ... [KNOWS target...] [USES target...])
#
# A room is one folder that builds to one static library, smartca_NAME. It can include only what it KNOWS (visible in its
# headers) or USES (in its sources alone): each room's include path holds that room's folder and nothing else of the
# project, so "shared cannot see the proxy" is a compile error, not a convention.
function(smartca_room name)
  cmake_parse_arguments(ROOM "" "DIRECTORY" "SOURCES;KNOWS;USES" ${ARGN})
  smartca_include_root(root ${ROOM_DIRECTORY})
  list(TRANSFORM ROOM_SOURCES PREPEND "${PROJECT_SOURCE_DIR}/${ROOM_DIRECTORY}/")
  add_library(smartca_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(smartca_${name} PUBLIC "${root}")
  target_link_libraries(smartca_${name} PUBLIC ${ROOM_KNOWS} PRIVATE smartca_strict ${ROOM_USES})
  if(SMARTCA_SANITIZE MATCHES "address" AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # So that tests/fuzz sees which way an input takes. Not for the tests, a third of whose compile time it is.
    target_compile_options(smartca_${name} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
  smartca_unity(smartca_${name})
endfunction()

# Compiles a target's sources together, so that the headers are read once and a template is made once. Hence one name, also in
# an anonymous namespace, is one thing in all of a room. tests/separate.sh compiles each source by itself: only so is it seen
# that one lacks an #include.
option(SMARTCA_UNITY "Compile the sources of a room together" ON)
function(smartca_unity target)
  if(SMARTCA_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  endif()
endfunction()

# Sets VARIABLE to an include path under which DIRECTORY, and nothing else of the project, can be found.
function(smartca_include_root variable directory)
  string(REPLACE "/" "_" flat "${directory}")
  set(root "${PROJECT_BINARY_DIR}/rooms/${flat}")
  get_filename_component(parent "${root}/${directory}" DIRECTORY)
  file(MAKE_DIRECTORY "${parent}")
  file(CREATE_LINK "${PROJECT_SOURCE_DIR}/${directory}" "${root}/${directory}" SYMBOLIC)
  set(${variable} "${root}" PARENT_SCOPE)
endfunction()

# Our own code's warnings and sanitizers; third-party code is compiled without the warnings.
add_library(smartca_strict INTERFACE)
target_compile_options(smartca_strict INTERFACE -Wall -Wextra -Wconversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False alarms of GCC 12 to 14 inside the optimised standard library: std::string's operator+ (GCC bug 105651) and a
  # std::variant's destructor after inlining (GCC bug 108822).
  target_compile_options(smartca_strict INTERFACE -Wno-restrict -Wno-free-nonheap-object -Wno-maybe-uninitialized)
endif()
set(SMARTCA_SANITIZE "" CACHE STRING "Sanitizers for every target, as in -fsanitize=: 'address,undefined' or 'thread'")
if(SMARTCA_SANITIZE)
  add_compile_options(-fsanitize=${SMARTCA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${SMARTCA_SANITIZE})
endif()
