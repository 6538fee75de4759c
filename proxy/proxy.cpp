#include "proxy/proxy.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/message.h"

namespace smartca {
namespace {

constexpr Instant kKeepAnswers = 24 * 3600;  // how long a repeated Idempotency-Key gets the stored answer
constexpr Instant kExpireEvery = 600;

// What is said of a second in which there was not room for everybody.
struct PressureEvent {
    std::uint64_t http::ServerState::* member;
    const char* name;
    const char* text;
};
constexpr std::array<PressureEvent, 5> kPressure = {{
    {&http::ServerState::madeRoom, "connectionsFull", " connections were closed to make room for new ones."},
    {&http::ServerState::bodiesRefused, "bodiesFull",
     " bodies were refused: too many bytes of others were here."},
    {&http::ServerState::queueFull, "queueFull", " requests were refused: too many waited for a worker."},
    {&http::ServerState::queueLate, "queueLate", " requests found no free worker in time."},
    {&http::ServerState::noDescriptor, "noDescriptor",
     " times no connection could be accepted; raise LimitNOFILE."},
}};

// Written whole or not at all, so that its reader never gets half an address.
bool writeReadyFile(const std::string& path, const std::string& address) {
    const std::string unfinished = path + ".new";
    std::ofstream file(unfinished, std::ios::trunc);
    file << address << '\n';
    file.close();
    return file && std::rename(unfinished.c_str(), path.c_str()) == 0;
}

// Where no such file is named, the function is empty.
Result<std::function<std::vector<std::string>()>, std::string> openServerTokens(const std::string& file,
                                                                                Secrets& secrets) {
    std::function<std::vector<std::string>()> ask;
    if (file.empty()) return ask;
    const auto tokens = secrets.open({.what = "the server's token",
                                      .option = "--auth-token-file",
                                      .file = file,
                                      .lines = ops::SecretLines::Several});
    if (!tokens) return tokens.error();
    if (ops::tokensIn(tokens.value()->value()).empty())
        return "--auth-token-file: " + file +
               " must hold one or two tokens, one a line, of 32 to 256 visible ASCII characters; "
               "make one with: openssl rand -hex 32";
    ask = [held = tokens.value()] { return ops::tokensIn(held->value()); };
    return ask;
}

Result<http::Authenticator, std::string> openAuthenticator(const ops::Options& options, Secrets& secrets,
                                                           const session::Issuer& own) {
    if (options.auth != "bearer") return http::allowLocal(options.company);
    auto serverTokens = openServerTokens(options.authTokenFile, secrets);
    if (!serverTokens) return serverTokens.error();
    http::Credentials credentials{.serverTokens = std::move(serverTokens).value(),
                                  .audience = options.sessionAudience,
                                  .company = options.company,
                                  .serves = own.serves,
                                  .now = clockNow};
    const auto shelf = std::make_shared<session::KeyShelf>(own.key);
    credentials.keys = [shelf] { return shelf->keys(); };
    if (!options.sessionKeysFile.empty()) {
        const auto file =
            secrets.open({.what = "the keys of session tokens",
                          .option = "--session-keys-file",
                          .file = options.sessionKeysFile,
                          .lines = ops::SecretLines::Document,
                          .take = [shelf](std::string_view json) { return shelf->take(json); }});
        if (!file) return file.error();
    }
    return http::requireBearer(std::move(credentials));
}

// The program has its hash in its name, which the script tells: the first file that it names. Without ".wasm".
std::string programOf(const http::StaticFiles& files) {
    const http::StaticFile* script = files.find("/smartca.js");
    const std::string text = script ? *script->plain.bytes : std::string{};
    const std::size_t begin = text.find("./smartca."), end = text.find(".wasm", begin);
    if (begin == std::string::npos || end == std::string::npos) return "smartca";
    return text.substr(begin + 2, end - begin - 2);
}

Result<http::StaticFiles, std::string> readPage(const std::string& folder) {
    if (folder.empty()) return http::StaticFiles{};
    auto files = http::StaticFiles::load(folder);
    if (!files) return "--static-dir: " + files.error() + " Mend that, or leave --static-dir out.";
    const std::string program = programOf(files.value());
    std::vector<std::string> needed = {"smartca.js", program + ".wasm", program + ".rest.wasm"};
    for (const Locale locale : kLocales)
        needed.push_back("smartca." + std::string(tagOf(locale)) + ".txt");
    for (const std::string& name : needed)
        if (!files.value().find("/" + name))
            return "--static-dir: " + folder + " has no " + name +
                   ", so it is not the built page; put that there with: cmake --preset wasm && cmake "
                   "--build --preset wasm && cmake --install build/wasm --prefix " +
                   folder;
    return files;
}

Result<std::shared_ptr<const x509::AuthorityShelf>, std::string> openAuthorities(const std::string& file,
                                                                                 Secrets& secrets) {
    const auto shelf = std::make_shared<x509::AuthorityShelf>();
    if (file.empty()) return std::shared_ptr<const x509::AuthorityShelf>(shelf);
    const auto take = [shelf, file](std::string_view) -> std::optional<std::string> {
        auto authorities = x509::Authorities::load(file);
        if (!authorities) return authorities.error();
        shelf->put(std::move(authorities).value());
        return std::nullopt;
    };
    const auto opened = secrets.open({.what = "the authorities of subscribers",
                                      .option = "--subscriber-ca-file",
                                      .file = file,
                                      .lines = ops::SecretLines::Public,
                                      .take = take});
    if (!opened) return opened.error();
    return std::shared_ptr<const x509::AuthorityShelf>(shelf);
}

http::GuardOptions guardOptions(const ops::Options& options) {
    const auto address = http::parseAddress(options.listen);
    return {.allowedOrigins = options.allowedOrigins,
            .allowedHosts = options.allowedHosts,
            .loopbackOnly = address && address.value().isLocal()};
}

// Precondition: they have been checked (option_checks.cpp).
http::TrustedProxies trustedProxies(const ops::Options& options) {
    const auto header = options.forwardedHeader == "forwarded" ? http::ForwardedHeader::Forwarded
                                                               : http::ForwardedHeader::XForwardedFor;
    return http::TrustedProxies::parse(options.trustedProxies, header).value();
}

}  // namespace

Result<std::unique_ptr<Proxy>, std::string> Proxy::open(const ops::Options& options, const ops::Log& log,
                                                        store::CommitWatch watch) {
    auto secrets = std::make_unique<Secrets>();
    auto authorities = openAuthorities(options.subscriberCaFile, *secrets);
    if (!authorities) return authorities.error();
    auto files = readPage(options.staticDir);
    if (!files) return files.error();
    auto health = std::make_unique<ops::Health>(SMARTCA_VERSION);
    auto backend = openBackend(options, log, *health, *secrets, std::move(watch));
    if (!backend) return backend.error();
    auto issuer = session::ownIssuer(backend.value()->sessionKey, options.sessionAudience,
                                     [companies = backend.value()->companies.get()](std::string_view name) {
                                         return companies->serves(name);
                                     });
    auto authenticate = openAuthenticator(options, *secrets, issuer);
    if (!authenticate) return authenticate.error();
    Input input{std::move(authorities).value(), std::move(issuer), std::move(authenticate).value(),
                std::move(files).value()};
    return std::unique_ptr<Proxy>(new Proxy(options, log, std::move(health), std::move(secrets),
                                            std::move(backend).value(), std::move(input)));
}

Proxy::Proxy(const ops::Options& options, const ops::Log& log, std::unique_ptr<ops::Health> health,
             std::unique_ptr<Secrets> secrets, std::unique_ptr<Backend> backend, Input input)
    : options_(options),
      log_(log),
      health_(std::move(health)),
      secrets_(std::move(secrets)),
      backend_(std::move(backend)),
      refusedRequests_(*backend_->journal),
      issuer_(std::move(input.issuer)),
      authorities_(std::move(input.authorities)),
      limiter_(std::make_shared<http::Limiter>(http::Limits{.requestsPerMinute = options_.requestsPerMinute,
                                                            .lookupsPerHour = options_.lookupsPerHour,
                                                            .createsPerHour = options_.createsPerHour})),
      site_(routes(), {.guards = guardOptions(options_),
                       .authenticate = std::move(input.authenticate),
                       .trustedProxies = trustedProxies(options_),
                       .limiter = limiter_,
                       .files = std::move(input.files),
                       .observe = [this](const auto& record) { observe(record); }}),
      // A program's client names any Host.
      trustedSite_(routes(), {.guards = {.loopbackOnly = false},
                              .authenticate = http::trustServer(options_.company, issuer_.serves),
                              .trustedProxies = trustedProxies(options_),
                              .limiter = limiter_,
                              .observe = [this](const auto& record) { observe(record); }}),
      // Probes come with any Host.
      opsSite_(health_->routes(), {.guards = {.loopbackOnly = false}}) {}

std::vector<http::Route> Proxy::routes() {
    return api::routes([this](const std::string& company) { return contextOf(company); }, isElsewhere());
}

bool Proxy::isElsewhere() const {
    return options_.registry == "econtract";
}

const api::Context* Proxy::contextOf(const std::string& company) {
    const Company* const found = backend_->companies->find(company);
    if (found == nullptr) return nullptr;
    const std::lock_guard lock(contextsMutex_);
    auto& context = contexts_[company];
    if (!context)
        context =
            std::make_unique<const api::Context>(api::Context{.registry = found->registry(),
                                                              .journal = *backend_->journal,
                                                              .smartCa = *found->smartCa,
                                                              .now = clockNow,
                                                              .fingerprintKey = backend_->fingerprintKey,
                                                              .issuer = issuer_,
                                                              .leftOpen =
                                                                  [this] {
                                                                      if (outcomes_) outcomes_->wake();
                                                                  },
                                                              .authorities = authorities_,
                                                              .limiter = limiter_});
    return context.get();
}

Result<http::Address, std::string> Proxy::serve() {
    if (!options_.opsListen.empty()) {
        opsServer_.emplace(
            opsSite_, http::ServerOptions{
                          .maximumConnections = 64, .localWorkers = 1, .upstreamWorkers = {.threads = 0}});
        const auto address = opsServer_->start(http::parseAddress(options_.opsListen).value());
        if (!address) return "--ops-listen: " + address.error();
        log_.event("opsListening", address.value().text());
    }
    if (isElsewhere()) {
        finder_.emplace(
            [this](const std::string& name) {
                const Company* const company = backend_->companies->find(name);
                return company != nullptr ? &company->registry() : nullptr;
            },
            *backend_->journal, clockNow,
            api::OutcomeFinder::Watchers{
                .note = [this](const std::string& note) { log_.event("outcome", note); },
                .open = [this](std::size_t count) { health_->setOpenCreates(count); }},
            api::OutcomesOptions{});
        outcomes_.emplace(*finder_);
    }
    const http::ServerOptions wanted{
        .deadlines = {.idle = std::chrono::milliseconds(options_.idleTimeoutMs)},
        .maximumConnections = static_cast<std::size_t>(options_.maximumConnections),
        .upstreamWorkers =
            api::upstreamWorkers(static_cast<std::size_t>(options_.upstreamWorkers), isElsewhere())};
    server_.emplace(site_, wanted);
    if (!options_.trustedListen.empty()) {
        trustedServer_.emplace(trustedSite_, wanted);
        const auto trusted = trustedServer_->start(http::parseAddress(options_.trustedListen).value());
        if (!trusted) return "--trusted-listen: " + trusted.error();
        log_.event("trustedListening", trusted.value().text());
    }
    auto address = server_->start(http::parseAddress(options_.listen).value());
    if (!address) return "--listen: " + address.error();
    health_->setReady(true);
    if (!options_.readyFile.empty() && !writeReadyFile(options_.readyFile, address.value().text()))
        return "--ready-file: cannot write " + options_.readyFile +
               "; its folder must be there and writable.";
    return address;
}

void Proxy::observe(const http::RequestRecord& record) {
    log_.request(record);
    health_->count(record);
    refusedRequests_.see(record);
}

void Proxy::tick() {
    refreshSecrets();
    lookAtDatabase();
    tellPressure();
    enterRefusedRequests();
    forgetOldAnswers();
}

void Proxy::refreshSecrets() {
    secrets_->refresh([this](const ops::Secret& secret, ops::Secret::Refresh refreshed) {
        if (refreshed == ops::Secret::Refresh::Replaced) {
            log_.event("secretReplaced", secret.file() + " has changed; what it holds now is in use.");
        } else {
            health_->countBrokenSecret();
            log_.event("secretBroken", secret.fault() + " (The old value stays in use.)");
        }
    });
}

// A server may go and come, and a full disk is emptied; requests meanwhile are told to try again.
void Proxy::lookAtDatabase() {
    auto trouble =
        backend_->store->isReachable() ? backend_->store->cannotWrite() : std::string("it does not answer");
    const auto faults = backend_->store->takeFaults();
    if (faults.count > 0) {
        health_->countDatabaseFaults(faults.count);
        log_.event("databaseFault",
                   std::to_string(faults.count) + " statements failed, the last with: " + faults.last);
    }
    if (trouble == std::exchange(databaseTrouble_, trouble)) return;
    health_->setDatabase(trouble);
    log_.event(trouble.empty() ? "databaseBack" : "databaseAway",
               trouble.empty() ? "The database answers again."
                               : "The database cannot be used (" + trouble + "); it is tried every second.");
}

void Proxy::tellPressure() {
    auto now = server_->state();
    if (trustedServer_) {
        const auto other = trustedServer_->state();
        now.connections += other.connections;
        now.bodyBytes += other.bodyBytes;
        for (const auto count : kPressure)
            now.*count.member += other.*count.member;
    }
    for (const auto& [member, name, text] : kPressure)
        if (const auto more = now.*member - told_.*member; more > 0)
            log_.event(name, std::to_string(more) + text);
    told_ = now;
    health_->setServer(now);
}

void Proxy::enterRefusedRequests() {
    if (!refusedRequests_.enter())
        log_.event("auditBusy", "Refused requests could not be entered into the audit log.");
}

void Proxy::forgetOldAnswers() {
    const auto now = clockNow();
    if (now < nextExpiry_) return;
    const auto forgotten = backend_->journal->expire(now - kKeepAnswers);
    if (!forgotten) log_.event("journalBusy", "Old journal records could not be removed now.");
    const bool isMore = forgotten && forgotten.value() == journal::Journal::kForgottenAtOnce;
    nextExpiry_ = isMore ? now : now + kExpireEvery;
}

void Proxy::announceStop() {
    health_->setReady(false);
    server_->retire();
    if (trustedServer_) trustedServer_->retire();
    if (!options_.readyFile.empty()) std::remove(options_.readyFile.c_str());
}

void Proxy::cutOff() {
    server_->cutOff();
    if (trustedServer_) trustedServer_->cutOff();
}

bool Proxy::drained(std::chrono::milliseconds wait) {
    const bool own = server_->drain(wait);
    const bool drained = (!trustedServer_ || trustedServer_->drain(wait)) && own;
    if (drained) enterRefusedRequests();
    return drained;
}

}  // namespace smartca
