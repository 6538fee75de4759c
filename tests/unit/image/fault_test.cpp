#include "proxy/image/fault.h"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include "drawing.h"
#include "proxy/base/file.h"

using namespace smartca;
using namespace smartca::image;
using namespace smartca::image::test;

namespace {

std::string caseFile(const char* name) {
    auto bytes = base::readFile(std::string(SMARTCA_IMAGES) + "/" + name);
    REQUIRE(bytes);
    return *bytes;
}

bool isTaken(const std::string& bytes, const Limits& limits = {}) {
    const auto fault = faultOf(bytes, limits);
    if (fault) {
        CHECK(fault->field == Field::SignatureImage);
        CHECK(fault->code == FindingCode::ImageUndecodable);
    }
    return !fault;
}

constexpr std::size_t kPngSignature = 8, kPngHeaderChunk = 25;

// A PNG with a chunk put in after its header.
std::string withChunk(const std::string& png, const std::string& chunk) {
    std::string changed = png;
    return changed.insert(kPngSignature + kPngHeaderChunk, chunk);
}

long peakKilobytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

}  // namespace

TEST_CASE("PNG and JPEG of every kind that people have are taken") {
    for (const auto kind : {PngKind::Gray, PngKind::Palette, PngKind::Rgb, PngKind::Rgba, PngKind::Rgba16}) {
        for (const auto order : {Order::Straight, Order::Interlaced}) {
            CAPTURE(static_cast<int>(kind));
            CHECK(isTaken(drawnPng(kind, 61, 37, order)));
            CHECK(isTaken(drawnPng(kind, 1, 1, order)));
            CHECK(isTaken(drawnPng(kind, 3, 2, order)));
        }
    }
    for (const auto kind : {JpegKind::Gray, JpegKind::Colour, JpegKind::Cmyk}) {
        CHECK(isTaken(drawnJpeg(kind, 61, 37)));
        CHECK(isTaken(drawnJpeg(kind, 61, 37, Scans::Progressive)));
    }
    for (const char* name : {"cmyk.jpg", "exif6.jpg", "gps.jpg", "sixteen.png"}) {
        CAPTURE(name);
        CHECK(isTaken(caseFile(name)));
    }
}

TEST_CASE("what is called an image and is none, or one of another kind, is refused") {
    for (const char* name : {"truncated.png", "webp-as.png", "gif-as.png"}) {
        CAPTURE(name);
        CHECK_FALSE(isTaken(caseFile(name)));
    }
    CHECK_FALSE(isTaken(""));
    CHECK_FALSE(isTaken("<svg/>"));
    CHECK_FALSE(isTaken(drawnJpeg(JpegKind::Colour, 8, 8, Scans::Arithmetic)));  // no browser shows it
    CHECK_FALSE(isTaken(drawnPng(PngKind::Rgb, 8, 8).substr(0, 24)));
}

TEST_CASE("an image that something follows is refused: it may be a second file") {
    for (const std::string& image : {drawnPng(PngKind::Rgb, 8, 8), drawnJpeg(JpegKind::Colour, 8, 8)}) {
        CHECK(isTaken(image));
        CHECK_FALSE(isTaken(image + "PK\x03\x04"));
        CHECK_FALSE(isTaken(image + std::string(1, '\0')));
        CHECK_FALSE(isTaken(image + image));
    }
}

TEST_CASE("every beginning of an image is refused") {
    for (const std::string& image :
         {drawnPng(PngKind::Rgba, 9, 7), drawnPng(PngKind::Palette, 9, 7, Order::Interlaced),
          drawnJpeg(JpegKind::Colour, 9, 7), drawnJpeg(JpegKind::Cmyk, 9, 7, Scans::Progressive)}) {
        for (std::size_t size = 0; size < image.size(); ++size) {
            CAPTURE(size);
            CHECK_FALSE(isTaken(image.substr(0, size)));
        }
    }
}

TEST_CASE("a PNG with any bit turned over is refused: it has checksums for everything") {
    const std::string image = drawnPng(PngKind::Rgb, 9, 7);
    for (std::size_t bit = 0; bit < image.size() * 8; ++bit) {
        std::string changed = image;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
        CAPTURE(bit);
        CHECK_FALSE(isTaken(changed));
    }
}

TEST_CASE("a JPEG with any bit turned over is taken or refused, and nothing else happens") {
    for (const auto scans : {Scans::Baseline, Scans::Progressive}) {
        const std::string image = drawnJpeg(JpegKind::Colour, 33, 17, scans);
        for (std::size_t bit = 0; bit < image.size() * 8; ++bit) {
            std::string changed = image;
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
            (void)isTaken(changed);
        }
    }
}

TEST_CASE("chunks that no pixel needs are not unpacked, and must have their checksums") {
    const std::string image = drawnPng(PngKind::Rgb, 8, 8);
    const std::string bomb = packedZeros(200'000'000);
    const long before = peakKilobytes();
    CHECK(isTaken(withChunk(image, chunkOf("zTXt", std::string("a\0\0", 3) + bomb))));
    CHECK(isTaken(withChunk(image, chunkOf("iCCP", std::string("a\0\0", 3) + bomb))));
    CHECK(peakKilobytes() - before < 4096);

    std::string chunk = chunkOf("tEXt", std::string("Author\0A", 8));
    CHECK(isTaken(withChunk(image, chunk)));
    chunk.back() = static_cast<char>(chunk.back() ^ 1);
    CHECK_FALSE(isTaken(withChunk(image, chunk)));
}

TEST_CASE("more pixels than may be are refused before any is decoded") {
    CHECK(isTaken(drawnPng(PngKind::Gray, 2000, 2000)));
    CHECK_FALSE(isTaken(drawnPng(PngKind::Gray, 2001, 2000)));
    CHECK(isTaken(drawnJpeg(JpegKind::Gray, 2000, 2000)));
    CHECK_FALSE(isTaken(drawnJpeg(JpegKind::Gray, 2001, 2000)));
    CHECK_FALSE(isTaken(drawnPng(PngKind::Gray, 70'000, 1)));  // one row is held at a time
    CHECK_FALSE(isTaken(drawnPng(PngKind::Gray, 8, 8), {.imageBytes = 10}));
}

TEST_CASE("a PNG whose pixels are packed a thousandfold takes no more memory than its rows") {
    const std::string image = drawnPng(PngKind::Rgba16, 2000, 2000);
    const long before = peakKilobytes();
    (void)faultOf(image, {.imageBytes = image.size()});
    CHECK(peakKilobytes() - before < 4096);
}

TEST_CASE("a JPEG of very many scans is refused: each costs time and hardly a byte") {
    std::string image = drawnJpeg(JpegKind::Gray, 64, 64, Scans::Progressive);
    const auto last = image.rfind("\xFF\xDA");
    const std::string scan = image.substr(last, image.size() - 2 - last);
    std::string many = image.substr(0, image.size() - 2);
    for (int i = 0; i < 200; ++i)
        many += scan;
    CHECK_FALSE(isTaken(many + "\xFF\xD9"));
}
