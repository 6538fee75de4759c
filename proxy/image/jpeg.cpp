#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdio>

// After <cstddef> and <cstdio>, which it needs and does not include.
#include <jpeglib.h>
// What the library's warnings are called.
#include <jerror.h>

#include "proxy/image/decode.h"

namespace smartca::image {
namespace {

// A scan costs time with hardly any bytes. Encoders write some ten, and about fifty at most.
constexpr int kMostScans = 100;

// Frees what libjpeg holds, however its reading ended.
struct JpegReader {
    jpeg_decompress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    std::jmp_buf onError{};

    JpegReader() = default;
    JpegReader(const JpegReader&) = delete;
    JpegReader& operator=(const JpegReader&) = delete;
    ~JpegReader() { jpeg_destroy_decompress(&jpeg); }  // harmless before it is created
};

[[noreturn]] void stopJpeg(j_common_ptr jpeg) {
    std::longjmp(static_cast<JpegReader*>(jpeg->client_data)->onError, 1);
}

// The library mends what it can and warns. Of its warnings these alone leave the picture as it was meant: cameras write
// bytes between the parts, and headers that contradict one another.
bool isHarmless(int warning) {
    constexpr std::array kHarmless = {JWRN_EXTRANEOUS_DATA, JWRN_JFIF_MAJOR, JWRN_ADOBE_XFORM,
                                      JWRN_BOGUS_ICC};
    return std::find(kHarmless.begin(), kHarmless.end(), warning) != kHarmless.end();
}

void judgeJpegMessage(j_common_ptr jpeg, int level) {
    constexpr int kWarning = -1;  // above it are traces
    if (level <= kWarning && !isHarmless(jpeg->err->msg_code)) stopJpeg(jpeg);
}

void watchJpegScans(j_common_ptr jpeg) {
    if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > kMostScans) stopJpeg(jpeg);
}

void ignoreJpegOutput(j_common_ptr) {}

// A progressive image is held as coefficients until its last scan has come: two bytes a sample, and what the library
// needs beside them. One that needs more is an error.
long memoryFor(std::int64_t mostPixels) {
    constexpr std::int64_t kMostComponents = 4, kBeside = 8 * 1024 * 1024;
    return static_cast<long>(mostPixels * 2 * kMostComponents + kBeside);
}

// Colours and smoothness matter not: no pixel is shown.
void setJpegRules(jpeg_decompress_struct& jpeg) {
    jpeg.out_color_space = jpeg.jpeg_color_space;
    jpeg.dct_method = JDCT_IFAST;
    jpeg.do_fancy_upsampling = FALSE;
    jpeg.do_block_smoothing = FALSE;
}

bool isWithin(const jpeg_decompress_struct& jpeg, std::int64_t mostPixels) {
    return std::int64_t{jpeg.image_width} * jpeg.image_height <= mostPixels &&
           jpeg.image_width <= kLongestSide;
}

// The one frame that a longjmp() comes back to: nothing in it has a destructor. Browsers show no arithmetic coding.
Decoding readJpegWhole(JpegReader& reader, std::string_view bytes, std::int64_t mostPixels) {
    jpeg_decompress_struct& jpeg = reader.jpeg;
    if (setjmp(reader.onError) != 0) return Decoding::Broken;
    jpeg_create_decompress(&jpeg);
    jpeg.client_data = &reader;
    jpeg.progress = &reader.progress;
    jpeg.mem->max_memory_to_use = memoryFor(mostPixels);
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&jpeg, TRUE);
    if (!isWithin(jpeg, mostPixels) || jpeg.arith_code != FALSE) return Decoding::Broken;
    setJpegRules(jpeg);
    jpeg_start_decompress(&jpeg);
    JSAMPARRAY row =
        jpeg.mem->alloc_sarray(reinterpret_cast<j_common_ptr>(&jpeg), JPOOL_IMAGE,
                               jpeg.output_width * static_cast<JDIMENSION>(jpeg.output_components), 1);
    while (jpeg.output_scanline < jpeg.output_height)
        jpeg_read_scanlines(&jpeg, row, 1);
    jpeg_finish_decompress(&jpeg);
    return jpeg.src->bytes_in_buffer == 0 ? Decoding::Whole : Decoding::Broken;
}

}  // namespace

Decoding decodeJpeg(std::string_view bytes, std::int64_t mostPixels) {
    JpegReader reader;
    if (bytes.empty()) return Decoding::Broken;
    reader.jpeg.err = jpeg_std_error(&reader.errors);
    reader.jpeg.client_data = &reader;
    reader.errors.error_exit = stopJpeg;
    reader.errors.emit_message = judgeJpegMessage;
    reader.errors.output_message = ignoreJpegOutput;
    reader.progress.progress_monitor = watchJpegScans;
    return readJpegWhole(reader, bytes, mostPixels);
}

}  // namespace smartca::image
