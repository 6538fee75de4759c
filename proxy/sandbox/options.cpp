#include "proxy/sandbox/options.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <string_view>

#include "proxy/sandbox/portal_plan.h"

namespace smartca::sandbox {
namespace {

std::optional<int> wholeNumber(std::string_view text, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > most)
        return std::nullopt;
    return value;
}

// "127.0.0.1:8443", "[::1]:0"
bool setListen(Options& options, const std::string& value) {
    const std::size_t colon = value.rfind(':');
    if (colon == std::string::npos || colon == 0) return false;
    const auto port = wholeNumber(std::string_view(value).substr(colon + 1), 65'535);
    if (!port) return false;
    options.port = *port;
    options.host = value.substr(0, colon);
    if (options.host.front() == '[' && options.host.back() == ']') {
        options.host = options.host.substr(1, options.host.size() - 2);
    }
    return !options.host.empty();
}

bool setConfirmAfter(Options& options, const std::string& value) {
    const auto seconds = wholeNumber(value, 299);
    if (seconds) options.confirmAfter = std::chrono::seconds(*seconds);
    return seconds.has_value();
}

bool setTokenLife(Options& options, const std::string& value) {
    const auto seconds = wholeNumber(value, 1'000'000);
    if (seconds) options.tokenLife = std::chrono::seconds(*seconds);
    return seconds.has_value();
}

template <std::string Options::* Member>
bool setText(Options& options, const std::string& value) {
    options.*Member = value;
    return !value.empty();
}

struct Option {
    const char* name;
    const char* value;  // what --help calls it
    const char* meaning;
    bool (*set)(Options&, const std::string&);
};
constexpr Option kOptions[] = {
    {"--listen", "HOST:PORT", "where to listen; port 0 picks a free one (default 127.0.0.1:8443)", setListen},
    {"--state", "DIR", "where the CA and its certificates are kept (default ./smartca-sandbox-state)",
     setText<&Options::state>},
    {"--identities", "FILE", "the registered identities (default: the demo's, compiled in)",
     setText<&Options::identities>},
    {"--answers", "FILE", "answers to serve as they are, each to a number of its own: GET /sandbox/answers",
     setText<&Options::answers>},
    {"--sp-id", "ID", "the sp_id that is accepted", setText<&Options::spId>},
    {"--sp-password-file", "FILE", "holds the sp_password that is accepted",
     setText<&Options::spPasswordFile>},
    {"--ready-file", "FILE", "gets HOST:PORT in a line when the sandbox answers",
     setText<&Options::readyFile>},
    {"--confirm-after", "SECONDS",
     "how long the phone's owner takes to confirm a signature, 0 to 299 (default 5)", setConfirmAfter},
    {"--portal", "FILE",
     "the eContract portal's companies, accounts and users (default: the demo's, compiled in)",
     setText<&Options::portal>},
    {"--token-life", "SECONDS", "how long a token of the eContract portal is taken (default 86400)",
     setTokenLife},
};

}  // namespace

Result<Options, std::string> parseOptions(const std::vector<std::string>& arguments) {
    Options options;
    for (auto at = arguments.begin(); at != arguments.end(); ++at) {
        if (*at == "--help" || *at == "-h") {
            options.help = true;
            return options;
        }
        const std::size_t equals = at->find('=');
        const std::string name = at->substr(0, equals);
        const auto* option = std::find_if(std::begin(kOptions), std::end(kOptions),
                                          [&](const Option& each) { return name == each.name; });
        if (option == std::end(kOptions)) return "unknown option " + name + "; try --help";
        if (equals == std::string::npos && std::next(at) == arguments.end())
            return name + " needs " + option->value;
        const std::string value = equals == std::string::npos ? *++at : at->substr(equals + 1);
        if (!option->set(options, value)) return name + ": \"" + value + "\" is no " + option->value;
    }
    return options;
}

std::string helpText() {
    std::string text =
        "smartca-sandbox: a stand-in for the VNPT SmartCA gateway (SP769) and the VNPT eContract API over "
        "HTTPS, "
        "with a CA of its own.\n\n"
        "Usage: smartca-sandbox [options]\n\n";
    for (const Option& option : kOptions) {
        std::string left = std::string("  ") + option.name + ' ' + option.value;
        left.resize(std::max<std::size_t>(left.size() + 2, 28), ' ');
        text += left + option.meaning + '\n';
    }
    text += "  --help                    this text\n\nBy default it accepts\n  sp_id       " +
            std::string(kDemoSpId) + "\n  sp_password " + kDemoSpPassword +
            "\nand in the eContract portal\n  username    " + kDemoPortalUsername + " (one company), " +
            kDemoGroupUsername + " (all)\n  password    " + kDemoPortalPassword +
            "\n\nDIR/ca.pem is the root to verify it with:\n"
            "  curl --cacert DIR/ca.pem https://localhost:8443/sandbox/faults\n";
    return text;
}

}  // namespace smartca::sandbox
