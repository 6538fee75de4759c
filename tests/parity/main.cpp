// Prints a digest of everything that shared/ makes of generated inputs. Compiled natively and to WebAssembly,
// the two must print the same; run.sh compares them.
//
//   smartca_parity COUNT [SEED]          a digest after every 10 000 inputs, and one of all
//   smartca_parity --show FROM TO [SEED] each input of FROM <= number < TO with its own digest, as one line
//   of JSON
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "generator.h"
#include "shared/api.h"
#include "shared/calendar.h"
#include "shared/distinguished_name.h"
#include "shared/identity.h"
#include "shared/json_guard.h"
#include "shared/secret_key.h"
#include "shared/serial.h"
#include "shared/signature_text.h"
#include "shared/text.h"

namespace smartca {
namespace {

constexpr std::uint64_t kStep = 10'000;

// FNV-1a, 64 bits. Each piece ends with a separator, so that bytes cannot move from one to the next unseen.
class Digest {
  public:
    void add(std::string_view bytes) {
        for (const char byte : bytes)
            addByte(static_cast<unsigned char>(byte));
        addByte(0x100);
    }
    void add(std::int64_t number) { add(std::to_string(number)); }
    std::uint64_t value() const { return value_; }

  private:
    void addByte(std::uint64_t byte) { value_ = (value_ ^ byte) * 0x100000001B3U; }

    std::uint64_t value_ = 0xCBF29CE484222325U;
};

void addNormalised(Digest& digest, const ParityInput& input) {
    const Identity identity = parseIdentity(input.draft.identity);
    digest.add(identity.canonical);
    digest.add(static_cast<std::int64_t>(identity.kind));
    digest.add(alternativeSpelling(identity));
    const auto serial = parseSerial(input.draft.serial);
    digest.add(serial ? serial.value().hexadecimal : std::to_string(static_cast<int>(serial.error())));
    digest.add(hexadecimalOfDecimal(input.draft.serial));
    const auto key = decodeSecretKey(input.draft.secretKey);
    digest.add(key ? key.value() : std::to_string(static_cast<int>(key.error())));
    const Arguments values = placeholderValues(input.subject);
    for (const Argument& attribute : parseDistinguishedName(input.subject)) {
        digest.add(attribute.name);
        digest.add(attribute.value);
    }
    if (input.draft.signatureText) {
        digest.add(fillSignatureText(*input.draft.signatureText, values));
        digest.add(withCarriageReturns(*input.draft.signatureText));
    }
    const auto instant = parseInstant(input.instant);
    digest.add(instant ? isoOf(*instant) + dateAndTimeInVietnam(*instant) : "none");
    digest.add(validUtf8(input.draft.identity));
}

void addFindings(Digest& digest, const Draft& draft, const ValidationContext& context) {
    Problem problem;
    problem.code = ProblemCode::Findings;
    problem.findings = validate(draft, context);
    for (const Finding& finding : problem.findings) {
        digest.add(describe(Locale::English, finding));
        digest.add(describe(Locale::Vietnamese, finding));
    }
    digest.add(writeJson(toJson(problem, Locale::Vietnamese)));
}

void addJson(Digest& digest, const ParityInput& input) {
    digest.add(writeJson(toJson(input.draft)));
    const auto value = parseJson(input.json);
    if (!value) return digest.add(nameOf(value.error()));
    digest.add(writeJson(value.value()));
    const auto draft = parseDraft(value.value());
    if (!draft) {
        digest.add(draft.error().pointer);
        return digest.add(draft.error().reason);
    }
    addFindings(digest, draft.value(), input.context);
}

std::uint64_t digestOf(const ParityInput& input) {
    Digest digest;
    addNormalised(digest, input);
    addFindings(digest, input.draft, input.context);
    addJson(digest, input);
    return digest.value();
}

// 64 bits as text: printf's %llx is all that both C libraries agree on.
std::string hexadecimal(std::uint64_t value) {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(value));
    return text;
}

void printDigests(std::uint64_t count, std::uint64_t seed) {
    Digest all;
    for (std::uint64_t number = 0; number < count; ++number) {
        all.add(hexadecimal(digestOf(inputOfNumber(seed, number))));
        if ((number + 1) % kStep == 0 || number + 1 == count)
            std::printf("%llu %s\n", static_cast<unsigned long long>(number + 1),
                        hexadecimal(all.value()).c_str());
    }
}

void show(std::uint64_t from, std::uint64_t to, std::uint64_t seed) {
    for (std::uint64_t number = from; number < to; ++number) {
        const ParityInput input = inputOfNumber(seed, number);
        const nlohmann::json line{{"number", number},
                                  {"digest", hexadecimal(digestOf(input))},
                                  {"draft", toJson(input.draft)},
                                  {"json", input.json},
                                  {"subject", input.subject},
                                  {"instant", input.instant}};
        std::printf("%s\n", writeJson(line).c_str());
    }
}

}  // namespace
}  // namespace smartca

int main(int count, char** arguments) {
    const auto number = [&](int index, std::uint64_t otherwise) -> std::uint64_t {
        return index < count ? std::strtoull(arguments[index], nullptr, 10) : otherwise;
    };
    constexpr std::uint64_t kSeed = 769;
    if (count > 3 && std::string_view(arguments[1]) == "--show")
        smartca::show(number(2, 0), number(3, 0), number(4, kSeed));
    else
        smartca::printDigests(number(1, 10'000), number(2, kSeed));
    return 0;
}
