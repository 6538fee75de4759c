# Libraries, found in this order: -D<NAME>_SOURCE_DIR of yours, what assets/setup/setup.sh brought to .deps/, an installed
# package (Debian, vcpkg). Nothing is downloaded by CMake itself.
set(SMARTCA_DEPS "${PROJECT_SOURCE_DIR}/.deps" CACHE PATH "Folder that assets/setup/deps.sh fills")

function(smartca_version_of variable file macro)
  file(STRINGS "${file}" line REGEX "#define +${macro} +\"" LIMIT_COUNT 1)
  string(REGEX REPLACE ".*\"([0-9.]+).*" "\\1" version "${line}")
  set(${variable} "${version}" PARENT_SCOPE)
endfunction()

function(smartca_require name version minimum where)
  if(version VERSION_LESS minimum)
    message(FATAL_ERROR "${name} ${version} (${where}) is too old: this project needs ${minimum} or newer. "
                        "Run assets/setup/setup.sh, or point CMake at a newer one.")
  endif()
  message(STATUS "${name} ${version} (${where})")
endfunction()

# --- Dear ImGui: sources, since both the browser and the tests compile it with this project's own settings.
set(IMGUI_SOURCE_DIR "${SMARTCA_DEPS}/imgui" CACHE PATH "Dear ImGui's source folder")
if(NOT EXISTS "${IMGUI_SOURCE_DIR}/imgui.h")
  message(FATAL_ERROR "No Dear ImGui sources in ${IMGUI_SOURCE_DIR}. Run assets/setup/setup.sh, or set IMGUI_SOURCE_DIR.")
endif()
smartca_version_of(IMGUI_VERSION "${IMGUI_SOURCE_DIR}/imgui.h" IMGUI_VERSION)
smartca_require("Dear ImGui" "${IMGUI_VERSION}" 1.92.2 "${IMGUI_SOURCE_DIR}")
smartca_version_of(IMGUI_TRIED "${PROJECT_SOURCE_DIR}/web/imgui/adapter.h" SMARTCA_IMGUI_TRIED)
if(IMGUI_VERSION VERSION_GREATER IMGUI_TRIED)
  # A fresh machine brings the newest of a rolling suite, which should not be what stops a newcomer.
  set(severity WARNING)
  if("$ENV{CI}" STREQUAL "true")
    set(severity FATAL_ERROR)
  endif()
  message(${severity} "Dear ImGui ${IMGUI_VERSION} is newer than ${IMGUI_TRIED}, the newest that was tried: "
                      "see the list at the top of web/imgui/adapter.h.")
endif()

# --- nlohmann/json and doctest: header-only. For WebAssembly the system's include folder must stay out of sight (its libc
# headers are the host's), so the single folders are linked into the build tree.
if(EMSCRIPTEN)
  foreach(library nlohmann doctest)
    find_path(${library}_ROOT NAMES ${library} PATHS /usr/include /usr/local/include ${SMARTCA_DEPS}/include
              NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
    file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/headers/${library}-root")
    file(CREATE_LINK "${${library}_ROOT}/${library}" "${PROJECT_BINARY_DIR}/headers/${library}-root/${library}" SYMBOLIC)
  endforeach()
  add_library(smartca_json INTERFACE)
  target_include_directories(smartca_json SYSTEM INTERFACE "${PROJECT_BINARY_DIR}/headers/nlohmann-root")
  add_library(smartca_doctest INTERFACE)
  target_include_directories(smartca_doctest SYSTEM INTERFACE "${PROJECT_BINARY_DIR}/headers/doctest-root")
else()
  find_package(nlohmann_json 3.11 REQUIRED)
  find_package(doctest REQUIRED)
  add_library(smartca_json INTERFACE)
  target_link_libraries(smartca_json INTERFACE nlohmann_json::nlohmann_json)
  add_library(smartca_doctest INTERFACE)
  target_link_libraries(smartca_doctest INTERFACE doctest::doctest)
endif()

if(NOT EMSCRIPTEN)
  find_package(Threads REQUIRED)
  find_package(OpenSSL 3.0 REQUIRED)
  find_package(SQLite3 3.37 REQUIRED)  # STRICT tables
  find_package(PNG 1.6 REQUIRED)
  find_package(JPEG REQUIRED)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)

  # --- libpq: its header alone. The library is loaded by a proxy whose database is on a PostgreSQL server (libpq.h).
  find_path(LIBPQ_INCLUDE_DIR libpq-fe.h PATH_SUFFIXES postgresql REQUIRED)
  add_library(smartca_libpq_header INTERFACE)
  target_include_directories(smartca_libpq_header SYSTEM INTERFACE "${LIBPQ_INCLUDE_DIR}")
  target_link_libraries(smartca_libpq_header INTERFACE ${CMAKE_DL_LIBS})

  # --- cpp-httplib: the header is split once, so that its 20 000 lines are compiled once.
  set(HTTPLIB_SOURCE_DIR "${SMARTCA_DEPS}/cpp-httplib" CACHE PATH "cpp-httplib's source folder (httplib.h, split.py)")
  if(NOT EXISTS "${HTTPLIB_SOURCE_DIR}/httplib.h")
    message(FATAL_ERROR "No cpp-httplib in ${HTTPLIB_SOURCE_DIR}. Run assets/setup/setup.sh, or set HTTPLIB_SOURCE_DIR.")
  endif()
  smartca_version_of(HTTPLIB_VERSION "${HTTPLIB_SOURCE_DIR}/httplib.h" CPPHTTPLIB_VERSION)
  smartca_require("cpp-httplib" "${HTTPLIB_VERSION}" 0.41 "${HTTPLIB_SOURCE_DIR}")
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  set(httplib_split "${PROJECT_BINARY_DIR}/httplib")
  add_custom_command(OUTPUT "${httplib_split}/httplib.h" "${httplib_split}/httplib.cc"
    COMMAND ${CMAKE_COMMAND} -E make_directory "${httplib_split}"
    COMMAND Python3::Interpreter "${HTTPLIB_SOURCE_DIR}/split.py" -e cc -o "${httplib_split}"
    WORKING_DIRECTORY "${HTTPLIB_SOURCE_DIR}" DEPENDS "${HTTPLIB_SOURCE_DIR}/httplib.h" VERBATIM)
  add_library(smartca_httplib STATIC "${httplib_split}/httplib.cc" "${httplib_split}/httplib.h")
  target_include_directories(smartca_httplib SYSTEM PUBLIC "${httplib_split}")
  # The Expect threshold is set out of reach: httplib would otherwise wait 1 s before every body of 1 KB or more
  # (cpp-httplib 0.30.2 and later) when the other side does not answer "100 Continue".
  # Lines are bounded as headers are: its client, which tests use, matches an answer's status line with std::regex, which recurses once a character
  # and runs out of stack at httplib's own bound of 32 KB (cpp-httplib 0.41, libstdc++ 12).
  target_compile_definitions(smartca_httplib PUBLIC CPPHTTPLIB_OPENSSL_SUPPORT CPPHTTPLIB_MAX_LINE_LENGTH=8192
    CPPHTTPLIB_EXPECT_100_THRESHOLD=1000000000 CPPHTTPLIB_LISTEN_BACKLOG=128)
  target_link_libraries(smartca_httplib PUBLIC OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
  if(SMARTCA_SANITIZE)
    # Even lines of 8 KB run out of stack in that recursion where its frames are AddressSanitizer's and not optimised (clang 19).
    target_compile_options(smartca_httplib PRIVATE -O1)
  endif()
endif()
