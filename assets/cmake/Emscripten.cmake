# Chooses the toolchain file of the emcc on the path, so that the preset works with any emsdk.
find_program(EMCC_EXECUTABLE emcc)
if(NOT EMCC_EXECUTABLE)
  message(FATAL_ERROR "No emcc on the path. Run:  . ./emsdk-env.sh   and configure again.")
endif()
file(REAL_PATH "${EMCC_EXECUTABLE}" EMCC_REAL)
get_filename_component(EMSCRIPTEN_ROOT_PATH "${EMCC_REAL}" DIRECTORY)
include("${EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake")
