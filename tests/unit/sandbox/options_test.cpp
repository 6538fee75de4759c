#include "fixture.h"

namespace smartca::sandbox {
namespace {

std::string errorOf(const std::vector<std::string>& arguments) {
    const auto options = parseOptions(arguments);
    return options.ok() ? std::string() : options.error();
}

}  // namespace

TEST_CASE("options take their value after a blank or an equals sign") {
    const auto options = parseOptions({"--listen", "0.0.0.0:0", "--state=/tmp/s", "--confirm-after=0"});
    REQUIRE(options.ok());
    CHECK(options.value().host == "0.0.0.0");
    CHECK(options.value().port == 0);
    CHECK(options.value().state == "/tmp/s");
    CHECK(options.value().confirmAfter.count() == 0);
}

TEST_CASE("an IPv6 address stands in brackets") {
    const auto options = parseOptions({"--listen", "[::1]:8443"});
    REQUIRE(options.ok());
    CHECK(options.value().host == "::1");
}

TEST_CASE("a wrong option is named") {
    CHECK(errorOf({"--nope"}) == "unknown option --nope; try --help");
    CHECK(errorOf({"--state"}) == "--state needs DIR");
    CHECK(errorOf({"--listen", "8443"}) == "--listen: \"8443\" is no HOST:PORT");
    CHECK(errorOf({"--listen", "localhost:65536"}) == "--listen: \"localhost:65536\" is no HOST:PORT");
    CHECK(errorOf({"--confirm-after", "300"}) == "--confirm-after: \"300\" is no SECONDS");
}

TEST_CASE("--help names every option and the demo's credentials") {
    for (const char* word :
         {"--listen", "--state", "--identities", "--answers", "--sp-id", "--sp-password-file", "--ready-file",
          "--confirm-after", "--help", kDemoSpId, kDemoSpPassword}) {
        CHECK(helpText().find(word) != std::string::npos);
    }
}

}  // namespace smartca::sandbox
