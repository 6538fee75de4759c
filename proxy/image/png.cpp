#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstddef>

#include "proxy/image/decode.h"

namespace smartca::image {
namespace {

// Frees what libpng holds, however its reading ended.
struct PngReader {
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::string_view left;  // not read yet

    PngReader() = default;
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;
    ~PngReader() {
        if (png == nullptr) return;
        png_destroy_read_struct(&png, &info, nullptr);
    }
};

[[noreturn]] void stopPng(png_structp png, png_const_charp) {
    png_longjmp(png, 1);
}

void ignorePngWarning(png_structp, png_const_charp) {}

void readPngBytes(png_structp png, png_bytep to, std::size_t size) {
    std::string_view& left = static_cast<PngReader*>(png_get_io_ptr(png))->left;
    if (size > left.size()) png_error(png, "cut off");
    std::copy_n(left.begin(), size, reinterpret_cast<char*>(to));
    left.remove_prefix(size);
}

void openPng(PngReader& reader, std::string_view bytes) {
    reader.left = bytes;
    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, stopPng, ignorePngWarning);
    if (reader.png != nullptr) reader.info = png_create_info_struct(reader.png);
}

// A checksum that is wrong is an error everywhere. Chunks that the pixels need not are skipped, so that a compressed one
// (iCCP, zTXt) is never unpacked.
void setPngRules(PngReader& reader) {
    constexpr std::size_t kLargestChunk = 1024 * 1024;
    png_set_read_fn(reader.png, &reader, readPngBytes);
    png_set_crc_action(reader.png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    png_set_benign_errors(reader.png, 0);
    png_set_keep_unknown_chunks(reader.png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
    png_set_user_limits(reader.png, kLongestSide, kLongestSide);
    png_set_chunk_malloc_max(reader.png, kLargestChunk);
}

// The rows of an interlaced image come in seven passes, each of which leaves out most of them.
void readPngRows(PngReader& reader, int interlaceType) {
    const png_uint_32 width = png_get_image_width(reader.png, reader.info);
    const png_uint_32 height = png_get_image_height(reader.png, reader.info);
    const int passes = interlaceType == PNG_INTERLACE_NONE ? 1 : PNG_INTERLACE_ADAM7_PASSES;
    for (int pass = 0; pass < passes; ++pass) {
        if (passes > 1 && PNG_PASS_COLS(width, pass) == 0) continue;
        const png_uint_32 rows = passes > 1 ? PNG_PASS_ROWS(height, pass) : height;
        for (png_uint_32 row = 0; row < rows; ++row)
            png_read_row(reader.png, nullptr, nullptr);
    }
}

// The one frame that libpng's longjmp() comes back to: nothing in it has a destructor.
Decoding readPngWhole(PngReader& reader, std::int64_t mostPixels) {
    if (setjmp(png_jmpbuf(reader.png)) != 0) return Decoding::Broken;
    setPngRules(reader);
    png_read_info(reader.png, reader.info);
    const std::int64_t pixels = std::int64_t{png_get_image_width(reader.png, reader.info)} *
                                png_get_image_height(reader.png, reader.info);
    if (pixels > mostPixels) return Decoding::Broken;
    png_start_read_image(reader.png);
    readPngRows(reader, png_get_interlace_type(reader.png, reader.info));
    png_read_end(reader.png, nullptr);
    return reader.left.empty() ? Decoding::Whole : Decoding::Broken;
}

}  // namespace

Decoding decodePng(std::string_view bytes, std::int64_t mostPixels) {
    PngReader reader;
    openPng(reader, bytes);
    return reader.info == nullptr ? Decoding::Broken : readPngWhole(reader, mostPixels);
}

}  // namespace smartca::image
