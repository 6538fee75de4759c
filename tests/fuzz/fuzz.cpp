// What reads bytes from outside, fed with bytes that a machine makes up: nothing may crash, hang or trip a sanitizer, and what
// must hold of any input is asserted. libFuzzer has the loop; tests/fuzz/README.md the commands.
//
//   smartca_fuzz --target=heads FOLDER corpus/heads
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "proxy/http/chunks.h"
#include "proxy/http/request_head.h"
#include "proxy/http/trace_context.h"
#include "proxy/image/decode.h"
#include "proxy/ops/options.h"
#include "proxy/session/key_set.h"
#include "proxy/session/token.h"
#include "proxy/upstream/certificate_answer.h"
#include "shared/api.h"
#include "shared/identity.h"
#include "shared/json_guard.h"
#include "shared/secret_key.h"
#include "shared/signature_text.h"
#include "shared/text.h"

namespace {

using namespace smartca;

void expect(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

void heads(std::string_view bytes) {
    const auto whole = http::scanHead(bytes);
    const auto half = bytes.size() / 2;
    const auto first = http::scanHead(bytes.substr(0, half));
    if (!first.end && !first.refusal) {
        const auto second = http::scanHead(bytes, half);
        expect(second.end == whole.end && second.refusal.has_value() == whole.refusal.has_value(),
               "a head ends at the same place however its bytes are split");
    }
    if (!whole.end) return;
    const auto head = http::parseHead(bytes.substr(0, *whole.end));
    if (!head) return;
    const auto& read = head.value();
    expect(!read.isChunked || read.contentLength == 0, "a body has one length");
    expect(read.path.starts_with('/'), "a path begins with a slash");
    for (const auto& field : read.headers) {
        expect(field.name.find_first_of("_ \t:") == std::string::npos, "no odd name is kept");
        for (const char c : field.value)
            expect(static_cast<unsigned char>(c) >= 0x20 || c == '\t', "no control character is in a value");
    }
    static_cast<void>(http::traceparentFor(read.header("traceparent")));
}

void chunks(std::string_view bytes) {
    constexpr std::size_t kLimit = 4096;
    std::string whole;
    auto rest = bytes;
    const auto state = http::ChunkReader().take(rest, whole, kLimit);
    http::ChunkReader slow;
    std::string slowly;
    auto slowState = http::ChunkReader::State::Incomplete;
    std::size_t at = 0;
    for (; at < bytes.size() && slowState == http::ChunkReader::State::Incomplete; ++at) {
        auto one = bytes.substr(at, 1);
        slowState = slow.take(one, slowly, kLimit);
    }
    expect(state == slowState && whole == slowly && at == bytes.size() - rest.size(),
           "chunks are the same however their bytes are split");
    expect(whole.size() <= kLimit, "no body is beyond its limit");
}

void json(std::string_view bytes) {
    const auto value = parseJson(bytes);
    if (!value) return;
    const auto again = parseJson(writeJson(value.value()));
    expect(again && again.value() == value.value(), "JSON that is written is the JSON that was read");
    static_cast<void>(parseLookupRequest(value.value()));
    static_cast<void>(parseCertificateChange(value.value()));
    const auto draft = parseDraft(value.value());
    if (!draft) return;
    const auto written = toJson(draft.value());
    const auto draftAgain = parseDraft(written);
    expect(draftAgain.ok() && toJson(draftAgain.value()) == written,
           "a draft that is written is the draft that was read");
}

void identities(std::string_view bytes) {
    const auto identity = parseIdentity(bytes);
    expect(isUtf8(identity.canonical), "an identity is UTF-8");
    static_cast<void>(withDroppedZeros(identity));
    static_cast<void>(readSecretKey(bytes));
}

void templates(std::string_view bytes) {
    static_cast<void>(parseSignatureText(bytes));
    static_cast<void>(fillSignatureText(bytes, {}));
}

void tokens(std::string_view bytes) {
    static_cast<void>(session::KeySet::parse(bytes));
    static const session::Serves everybody = [](std::string_view) { return true; };
    static const auto issuer = session::ownIssuer(std::string(32, 'k'), "smartca-proxy", everybody);
    session::KeySet keys;
    keys.add(issuer.key);
    const auto caller = session::callerOf(
        bytes, keys, {.audience = "smartca-proxy", .serves = everybody, .now = 1'800'000'000});
    expect(!caller, "nobody signs a token by chance");
}

void configuration(std::string_view bytes) {
    const int file = ::memfd_create("configuration", MFD_CLOEXEC);
    expect(file >= 0 && ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
           "the machine has memory for a file");
    const auto options = ops::readSettings({"--config", "/proc/self/fd/" + std::to_string(file)},
                                           [](const std::string&) { return std::nullopt; });
    ::close(file);
    if (options) static_cast<void>(ops::faultOfServing(options.value()));
}

void answers(std::string_view bytes) {
    static const std::string password = "the password of the account";
    static_cast<void>(upstream::readCertificateAnswer(200, bytes, password, parseIdentity("001099000001")));
}

void images(std::string_view bytes) {
    constexpr std::int64_t kMostPixels = 100'000;
    static_cast<void>(image::decodePng(bytes, kMostPixels));
    static_cast<void>(image::decodeJpeg(bytes, kMostPixels));
}

using Target = void (*)(std::string_view);
constexpr std::array<std::pair<std::string_view, Target>, 9> kTargets = {{{"heads", heads},
                                                                          {"chunks", chunks},
                                                                          {"json", json},
                                                                          {"identities", identities},
                                                                          {"templates", templates},
                                                                          {"tokens", tokens},
                                                                          {"configuration", configuration},
                                                                          {"answers", answers},
                                                                          {"images", images}}};
Target target = nullptr;

}  // namespace

// libFuzzer leaves arguments with two hyphens to us.
extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
    for (int i = 1; i < *count; ++i)
        for (const auto& [name, function] : kTargets)
            if ((*arguments)[i] == "--target=" + std::string(name)) target = function;
    if (target) return 0;
    std::fprintf(stderr, "smartca_fuzz: name a target, as --target=heads\n");
    std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    target({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
