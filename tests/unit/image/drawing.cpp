#include "drawing.h"

#include <doctest/doctest.h>
#include <png.h>
#include <zlib.h>

#include <jpeglib.h>
#include <algorithm>
#include <array>
#include <cstdio>  // jpeglib.h needs it
#include <cstdlib>
#include <vector>

namespace smartca::image::test {
namespace {

struct PngFormat {
    int colorType, depth;
    std::size_t bytes;  // of a pixel
};

PngFormat formatOf(PngKind kind) {
    switch (kind) {
        case PngKind::Gray:
            return {PNG_COLOR_TYPE_GRAY, 8, 1};
        case PngKind::Palette:
            return {PNG_COLOR_TYPE_PALETTE, 8, 1};
        case PngKind::Rgb:
            return {PNG_COLOR_TYPE_RGB, 8, 3};
        case PngKind::Rgba:
            return {PNG_COLOR_TYPE_RGB_ALPHA, 8, 4};
        case PngKind::Rgba16:
            return {PNG_COLOR_TYPE_RGB_ALPHA, 16, 8};
    }
    return {};
}

void appendPng(png_structp png, png_bytep data, std::size_t size) {
    static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(data), size);
}

}  // namespace

std::string drawnPng(PngKind kind, int width, int height, Order order) {
    const PngFormat format = formatOf(kind);
    std::string file;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &file, appendPng, nullptr);
    png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), format.depth,
                 format.colorType, order == Order::Straight ? PNG_INTERLACE_NONE : PNG_INTERLACE_ADAM7,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    const std::array<png_color, 256> palette{};
    if (kind == PngKind::Palette) png_set_PLTE(png, info, palette.data(), static_cast<int>(palette.size()));
    png_write_info(png, info);
    const int passes = png_set_interlace_handling(png);
    std::vector<png_byte> row(static_cast<std::size_t>(width) * format.bytes);
    for (int pass = 0; pass < passes; ++pass) {
        for (int y = 0; y < height; ++y) {
            for (std::size_t at = 0; at < row.size(); ++at)
                row[at] = static_cast<png_byte>(at * 7 + static_cast<std::size_t>(y) * 13);
            png_write_row(png, row.data());
        }
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return file;
}

std::string drawnJpeg(JpegKind kind, int width, int height, Scans scans) {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = static_cast<JDIMENSION>(width);
    jpeg.image_height = static_cast<JDIMENSION>(height);
    jpeg.in_color_space = kind == JpegKind::Gray   ? JCS_GRAYSCALE
                          : kind == JpegKind::Cmyk ? JCS_CMYK
                                                   : JCS_RGB;
    jpeg.input_components = kind == JpegKind::Gray ? 1 : kind == JpegKind::Cmyk ? 4 : 3;
    jpeg_set_defaults(&jpeg);
    jpeg.arith_code = scans == Scans::Arithmetic ? TRUE : FALSE;
    if (scans == Scans::Progressive) jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    std::vector<JSAMPLE> row(static_cast<std::size_t>(width * jpeg.input_components));
    while (jpeg.next_scanline < jpeg.image_height) {
        for (std::size_t at = 0; at < row.size(); ++at)
            row[at] = static_cast<JSAMPLE>(at * 3 + jpeg.next_scanline * 5);
        JSAMPROW rows = row.data();
        jpeg_write_scanlines(&jpeg, &rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    std::string file(reinterpret_cast<const char*>(bytes), size);
    std::free(bytes);
    return file;
}

std::string chunkOf(const std::string& type, const std::string& data) {
    const auto number = [](std::uint32_t value) {
        std::string bytes;
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes += static_cast<char>(value >> shift & 0xFF);
        return bytes;
    };
    const std::string body = type + data;
    const auto sum = ::crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    return number(static_cast<std::uint32_t>(data.size())) + body + number(static_cast<std::uint32_t>(sum));
}

std::string packedZeros(std::size_t count) {
    z_stream stream{};
    REQUIRE(deflateInit(&stream, Z_BEST_COMPRESSION) == Z_OK);
    std::array<Bytef, 65'536> zeros{}, packed{};
    std::string all;
    for (std::size_t left = count; stream.avail_in > 0 || left > 0 || stream.avail_out == 0;) {
        if (stream.avail_in == 0) {
            stream.next_in = zeros.data();
            stream.avail_in = static_cast<uInt>(std::min(left, zeros.size()));
            left -= stream.avail_in;
        }
        stream.next_out = packed.data();
        stream.avail_out = static_cast<uInt>(packed.size());
        deflate(&stream, left == 0 ? Z_FINISH : Z_NO_FLUSH);
        all.append(reinterpret_cast<const char*>(packed.data()), packed.size() - stream.avail_out);
    }
    deflateEnd(&stream);
    return all;
}

}  // namespace smartca::image::test
