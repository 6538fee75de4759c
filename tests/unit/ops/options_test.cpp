#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "folder.h"
#include "proxy/ops/command_line.h"
#include "proxy/ops/options.h"

using namespace smartca::ops;
using namespace smartca::ops::test;

namespace {

Environment with(std::map<std::string, std::string> variables) {
    return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
}

std::vector<std::string> enough(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"--database", "a.db",          "--key-file",
                                          "a.key",      "--smartca-url", "https://a/b"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

std::string refusalOf(const std::vector<std::string>& arguments, const Environment& environment = with({})) {
    const auto options = readOptions(arguments, environment);
    return options ? "accepted" : options.error();
}

}  // namespace

TEST_CASE("the flag wins over the variable, the variable over the file, the file over the default") {
    const Folder folder;
    const auto file = folder.put(
        "c.json",
        R"({"listen": "127.0.0.1:1", "static-dir": "file", "ready-file": "file", "maximum-connections": 99})");
    const auto options =
        readOptions(enough({"--config", file, "--static-dir=flag"}),
                    with({{"SMARTCA_STATIC_DIR", "variable"}, {"SMARTCA_READY_FILE", "variable"}}));
    REQUIRE(options.ok());
    CHECK(options.value().staticDir == "flag");
    CHECK(options.value().readyFile == "variable");
    CHECK(options.value().listen == "127.0.0.1:1");
    CHECK(options.value().maximumConnections == 99);
    CHECK(options.value().upstreamWorkers == 16);
}

TEST_CASE("a mistyped option is refused with the name that was probably meant") {
    CHECK(refusalOf({"--lisen", "x"}).find("Did you mean --listen?") != std::string::npos);
    CHECK(refusalOf({"--allowed-origin=https://a"}).find("--allowed-origins") != std::string::npos);
    CHECK(refusalOf({"--frobnicate"}).find("Did you mean") == std::string::npos);
    CHECK(refusalOf({"listen"}).find("begin with --") != std::string::npos);
    CHECK(refusalOf({"--listen"}).find("needs a value") != std::string::npos);
}

TEST_CASE("an unknown key, a wrong type or no JSON in the file is refused with its name") {
    const Folder folder;
    CHECK(refusalOf(enough({"--config", folder.put("a", R"({"lisen": "x"})")})).find("\"listen\"") ==
          std::string::npos);
    CHECK(refusalOf(enough({"--config", folder.put("a", R"({"lisen": "x"})")})).find("--listen") !=
          std::string::npos);
    const auto refusalOfFile = [&](const std::string& text) {
        const std::string path = folder.put("b", text), refusal = refusalOf(enough({"--config", path}));
        const auto named = refusal.find(path);
        return named == std::string::npos ? refusal : std::string(refusal).replace(named, path.size(), "b");
    };
    const auto wanted = [](const std::string& key, const std::string& what) {
        return "--config: \"" + key + "\" in b must be " + what + "; --help tells what it takes.";
    };
    for (const char* value : {"5", "true", "null", "{}", R"(["a"])"})
        CHECK(refusalOfFile(std::string(R"({"listen": )") + value + "}") ==
              wanted("listen", R"(a string, as in "listen": "127.0.0.1:8080")"));
    CHECK(refusalOfFile(R"({"database": 5})") == wanted("database", R"(a string, as in "database": "FILE")"));
    CHECK(refusalOfFile(R"({"upstream-workers": 1.5})") ==
          wanted("upstream-workers", R"(a whole number, as in "upstream-workers": 16)"));
    CHECK(refusalOfFile(R"({"unsafe-no-auth": 1})") ==
          wanted("unsafe-no-auth", R"(true or false, as in "unsafe-no-auth": true)"));
    CHECK(refusalOfFile(R"({"allowed-hosts": [1]})") ==
          wanted("allowed-hosts", R"(a list of strings, as in "allowed-hosts": ["NAME"])"));
    CHECK(refusalOfFile("{\n  listen: 5\n}") == "--config: b, line 2, column 3: this cannot stand here.");
    CHECK(refusalOfFile("[]") == "--config: b holds no JSON object; --print-config shows how one looks.");
    CHECK(readOptions(enough({"--config", folder.put("c", "\xEF\xBB\xBF{\"listen\": \"[::1]:0\"}")}),
                      with({})));
    CHECK(refusalOf(enough({"--config", folder.at("absent")})).find("Cannot read") != std::string::npos);
}

TEST_CASE("a number out of its range is refused with the range") {
    CHECK(refusalOf(enough({"--upstream-workers", "0"})) ==
          "--upstream-workers must be a number from 1 to 512.");
    CHECK(refusalOf(enough({"--upstream-workers", "1x"})).find("must be a number") != std::string::npos);
    CHECK(refusalOf(enough(), with({{"SMARTCA_UPSTREAM_WORKERS", "-1"}})).find("SMARTCA_UPSTREAM_WORKERS") ==
          0);
}

TEST_CASE("other machines are not let in without a token, unless the operator says that this is unsafe") {
    CHECK(refusalOf(enough({"--listen", "0.0.0.0:80"})).find("--auth=bearer") != std::string::npos);
    CHECK(refusalOf(enough({"--listen", "[::]:80"})).find("--auth=bearer") != std::string::npos);
    CHECK(refusalOf(enough({"--listen", "0.0.0.0:80", "--unsafe-no-auth", "--unsafe-plain-http"})) ==
          "accepted");
    CHECK(refusalOf(enough({"--listen", "unix:/tmp/a.sock"})) == "accepted");
    CHECK(refusalOf(enough({"--auth=bearer"})).find("--auth-token-file") != std::string::npos);
    CHECK(refusalOf(enough({"--auth=basic"})).find("none or bearer") != std::string::npos);
}

TEST_CASE(
    "no listener is on an address that other machines reach, unless the operator says that this is unsafe") {
    const auto keys = {"--auth=bearer", "--session-keys-file=/run/keys.json"};
    for (const std::string address :
         {"0.0.0.0:81", "[::]:81", "10.0.0.7:81", "[fe80::1]:81", "[::ffff:127.0.0.1]:81"}) {
        INFO(address);
        for (const std::string option : {"--listen", "--ops-listen"}) {
            std::vector<std::string> given(keys.begin(), keys.end());
            given.insert(given.end(), {option, address});
            CHECK(refusalOf(enough(given)).find("--unsafe-plain-http") != std::string::npos);
            given.emplace_back("--unsafe-plain-http");
            CHECK(refusalOf(enough(given)) == "accepted");
        }
        // This one not even then: who reaches it may do everything.
        CHECK(refusalOf(enough({"--trusted-listen", address, "--unsafe-plain-http"})).find("unix:") !=
              std::string::npos);
    }
    for (const std::string address : {"127.0.0.1:81", "127.0.0.2:81", "[::1]:81", "unix:/tmp/a.sock"})
        CHECK(refusalOf(enough({"--ops-listen", address})) == "accepted");
}

TEST_CASE("a secret's file that nothing names is the credential of that name, where there is one") {
    const Folder folder;
    folder.put("smartca-password", "geheim");
    folder.put("key", "geheim");
    const auto options = readOptions(enough(), with({{"CREDENTIALS_DIRECTORY", folder.at("")}}));
    REQUIRE(options.ok());
    CHECK(options.value().smartcaPasswordFile == folder.at("") + "/smartca-password");
    CHECK(options.value().keyFile == "a.key");
    CHECK(options.value().smartcaIdFile.empty());
    CHECK(readOptions(enough(), with({})).value().smartcaPasswordFile.empty());
}

TEST_CASE("a server's token is asked for by somebody") {
    CHECK(refusalOf(enough({"--auth=bearer", "--auth-token-file=tokens"})) == "accepted");
    CHECK(refusalOf(enough({"--auth-token-file=tokens"})) ==
          "--auth-token-file tokens needs --auth=bearer: without it nobody is asked for a token.");
    const Folder folder;
    folder.put("auth-token", "geheim");
    CHECK(refusalOf(enough(), with({{"CREDENTIALS_DIRECTORY", folder.at("")}})).find("needs --auth=bearer") !=
          std::string::npos);
}

TEST_CASE("keys of session tokens are asked for by somebody, and for a company that has a name") {
    const auto keys = "--session-keys-file=/run/keys.json";
    CHECK(refusalOf(enough({"--auth=bearer", keys})) == "accepted");
    CHECK(refusalOf(enough({"--listen", "0.0.0.0:80", "--auth=bearer", keys})).find("--unsafe-plain-http") !=
          std::string::npos);
    CHECK(refusalOf(enough({"--listen", "0.0.0.0:80", "--unsafe-plain-http", "--auth=bearer", keys})) ==
          "accepted");
    CHECK(refusalOf(enough({keys})).find("needs --auth=bearer") != std::string::npos);
    CHECK(refusalOf(enough({"--company", ""})).find("--company") == 0);
    CHECK(refusalOf(enough({"--company", "a\nb"})).find("--company") == 0);
    CHECK(refusalOf(enough({"--session-audience", ""})).find("--session-audience") == 0);
}

TEST_CASE("trusted proxies are networks, and what they write is one of two headers") {
    CHECK(refusalOf(enough({"--trusted-proxies", "10.0.0.0/8,2001:db8::/32,unix"})) == "accepted");
    CHECK(refusalOf(enough({"--trusted-proxies", "10.0.0.0/33"}))
              .find("--trusted-proxies: '10.0.0.0/33' is no") == 0);
    CHECK(refusalOf(enough({"--forwarded-header", "forwarded"})) == "accepted");
    CHECK(refusalOf(enough({"--forwarded-header", "via"})).find("--forwarded-header") == 0);
    CHECK(refusalOf(enough({"--lookups-per-hour", "-1"})).find("--lookups-per-hour") == 0);
}

TEST_CASE("the listener on which the server is believed is a socket file, and not the one for everybody") {
    CHECK(refusalOf(enough({"--trusted-listen", "unix:/run/smartca/trusted.sock"})) == "accepted");
    for (const char* wrong : {"127.0.0.1:81", "0.0.0.0:81", "trusted.sock", "unix:"})
        CHECK(refusalOf(enough({"--trusted-listen", wrong})).find("--trusted-listen") == 0);
    CHECK(refusalOf(enough({"--listen", "unix:/a", "--trusted-listen", "unix:/a"})).find("another address") !=
          std::string::npos);
}

TEST_CASE("origins are written as browsers write them") {
    for (const auto* wrong : {"portal.example", "https://", "https://a/b", "*", "https://a;b", "https://A.vn",
                              "https://a.vn:443", "http://a.vn:80"})
        CHECK_MESSAGE(refusalOf(enough({"--allowed-origins", wrong})).find("no origin") != std::string::npos,
                      wrong);
    const auto options =
        readOptions(enough({"--allowed-origins", "https://a.vn,https://b.vn:8443"}), with({}));
    REQUIRE(options.ok());
    CHECK(options.value().allowedOrigins == std::vector<std::string>{"https://a.vn", "https://b.vn:8443"});
}

TEST_CASE("hosts are written as the name alone, which is what is compared") {
    for (const std::string wrong :
         {"https://portal.example.vn", "portal.example.vn:443", "127.0.0.1:8080", "*.example.vn", "*",
          " portal.example.vn", "portal.example.vn/", "::1", "[::1]:8080", "[::1", "[]", "cổng.vn", "a@b.vn"})
        CHECK(refusalOf(enough({"--allowed-hosts", "localhost," + wrong}))
                  .starts_with("'" + wrong + "' in --allowed-hosts is no name"));
    CHECK(refusalOf(enough({"--allowed-hosts",
                            "portal.example.vn,Smartca_Proxy,localhost,10.0.0.1,[fe80::1],xn--c-wqn.vn"})) ==
          "accepted");
}

TEST_CASE("of what stops after it was done one is named, and help counts beside any") {
    for (const std::vector<std::string>& both : {std::vector<std::string>{"--check-config", "--migrate"},
                                                 {"--migrate", "--check-config"},
                                                 {"--migrate", "--print-config"},
                                                 {"--version", "--migrate"}})
        CHECK(refusalOf(enough(both)) ==
              both[0] + " and " + both[1] + " are not done together; leave one out.");
    CHECK(refusalOf(enough({"--migrate", "--migrate"})) == "accepted");
    for (const std::vector<std::string>& both :
         {std::vector<std::string>{"--help", "--migrate"}, {"--migrate", "--help"}}) {
        const auto options = readOptions(both, with({}));
        REQUIRE(options.ok());
        CHECK(options.value().action == Action::Help);
    }
}

TEST_CASE("what can stand on the command line alone is not proposed for the file") {
    const Folder folder;
    for (const std::string key : {"config", "help", "version", "print-config", "check-config", "migrate"}) {
        const auto refusal = refusalOf(enough({"--config", folder.put("a", "{\"" + key + "\": true}")}));
        CHECK(refusal.find("unknown key \"" + key + "\"") != std::string::npos);
        CHECK(refusal.find("mean --" + key) == std::string::npos);
    }
}

TEST_CASE("what is missing is named") {
    CHECK(refusalOf({}).find("--database FILE is missing") != std::string::npos);
    CHECK(refusalOf({"--help"}) == "accepted");
    CHECK(refusalOf({"--version"}) == "accepted");
}

TEST_CASE("the printed configuration is a file that gives the same configuration") {
    const Folder folder;
    const auto first =
        readOptions(enough({"--unsafe-no-auth", "--allowed-origins", "https://a.vn,https://b.vn"}), with({}));
    REQUIRE(first.ok());
    const auto file = folder.put("c.json", configText(first.value()));
    const auto second = readOptions({"--config=" + file}, with({}));
    REQUIRE_MESSAGE(second.ok(), (second ? "" : second.error()));
    CHECK(configText(second.value()) == configText(first.value()));
}

TEST_CASE("the help names every option with its variable") {
    const auto help = helpText();
    const auto keys = nlohmann::json::parse(configText(Options{}));
    for (const auto& [key, value] : keys.items())
        CHECK_MESSAGE(help.find("--" + key) != std::string::npos, key);
    CHECK(help.find("SMARTCA_SP_PASSWORD_FILE") != std::string::npos);
}

TEST_CASE("a database on a server is a URL without a password, which has a file of its own") {
    CHECK(refusalOf(enough({"--database=postgresql://proxy@db.example.vn/name?sslmode=verify-full",
                            "--database-password-file=p"})) == "accepted");
    CHECK(refusalOf(enough({"--database=postgresql://[::1]:5432/name"})) == "accepted");
    for (const char* url : {"postgresql://proxy:canary@db/name", "postgres://db/name?password=canary"}) {
        const auto refusal = refusalOf(enough({std::string("--database=") + url}));
        CHECK(refusal.starts_with("--database must not hold a password"));
        CHECK(refusal.find("canary") == std::string::npos);
    }
    CHECK(refusalOf(enough({"--database-password-file=p"})).starts_with("--database-password-file needs"));
}

TEST_CASE("a registry that is eContract needs its address and a way in, and says which option is missing") {
    CHECK(refusalOf(enough({"--registry=postgres"})) == "--registry must be database or econtract.");
    CHECK(refusalOf(enough({"--econtract-url=https://a"})) == "--econtract-url needs --registry=econtract.");
    CHECK(refusalOf(enough({"--registry=econtract"})) ==
          "--registry=econtract needs --econtract-url URL. See --help.");
    const auto portal = [](std::vector<std::string> more) {
        more.insert(more.end(), {"--registry=econtract", "--econtract-url=https://a"});
        return refusalOf(enough(more));
    };
    CHECK(portal({}).starts_with("--econtract-login=v1 needs --econtract-company ID"));
    CHECK(portal({"--econtract-login=v3"}) == "--econtract-login must be v1 or v2.");
    CHECK(portal({"--econtract-company=-1"}) == "--econtract-company must be a number from 0 to 2147483647.");
    CHECK(portal({"--econtract-company=101"}) == "accepted");
    CHECK(portal({"--econtract-login=v2"}) == "accepted");
}

TEST_CASE("the nearest name is one within a third of the letters") {
    const std::vector<Option> names = {{"listen"}, {"database"}};
    CHECK(nearestName("lsiten", names) == "listen");
    CHECK(nearestName("databas", names) == "database");
    CHECK(nearestName("x", names).empty());
    CHECK(nearestName("", names).empty());
}
