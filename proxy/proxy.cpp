#include "proxy/proxy.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <optional>
#include <utility>

#include "proxy/api/context.h"
#include "proxy/api/outcomes.h"
#include "proxy/base/file.h"
#include "proxy/econtract/econtract_registry.h"
#include "proxy/http/server.h"
#include "proxy/http/site.h"
#include "proxy/journal/sql_journal.h"
#include "proxy/ops/health.h"
#include "proxy/ops/secret.h"
#include "proxy/refused_requests.h"
#include "proxy/registry/demo_data.h"
#include "proxy/registry/sql_registry.h"
#include "proxy/sealing/key_check.h"
#include "proxy/secrets.h"
#include "proxy/store/inspection.h"
#include "proxy/upstream/base_url.h"
#include "proxy/upstream/smartca_client.h"
#include "proxy/x509/authorities.h"

namespace smartca {
namespace {

constexpr Instant kKeepAnswers = 24 * 3600;  // how long a repeated Idempotency-Key gets the stored answer
constexpr Instant kExpireEvery = 600;

Instant clockNow() {
    return static_cast<Instant>(std::time(nullptr));
}

// Written whole or not at all, so that its reader never gets half an address.
bool writeReadyFile(const std::string& path, const std::string& address) {
    const std::string unfinished = path + ".new";
    std::ofstream file(unfinished, std::ios::trunc);
    file << address << '\n';
    file.close();
    return file && std::rename(unfinished.c_str(), path.c_str()) == 0;
}

}  // namespace

// In the order in which they are needed; destroyed in the other.
struct Proxy::Parts {
    Parts(ops::Options given, const ops::Log& sink, store::CommitWatch commits)
        : options(std::move(given)), log(sink), watch(std::move(commits)) {}

    const ops::Options options;
    const ops::Log& log;
    const store::CommitWatch watch;
    std::unique_ptr<ops::Secret> id, password, tokens, portalUsername, portalPassword, databasePassword;
    std::unique_ptr<upstream::SmartCaClient> smartCa;
    std::optional<base::ScratchFolder> scratch;  // where the configuration is only checked
    std::shared_ptr<store::Store> store;
    bool databaseAnswers = true;
    std::optional<registry::SqlRegistry> registry;
    std::unique_ptr<econtract::PortalClient> portal;
    std::optional<econtract::EContractRegistry> portalRegistry;  // in place of `registry`, or none
    std::optional<journal::SqlJournal> journal;
    std::optional<api::Context> context;
    std::optional<api::OutcomeFinder> finder;
    std::optional<RefusedRequests> refusedRequests;
    ops::Health health;
    std::optional<http::Site> site, opsSite;
    std::optional<api::Outcomes> outcomes;  // of a registry that can leave one open
    std::optional<http::Server> opsServer, server;
    Instant nextExpiry = 0;

    std::optional<StartFault> openSecret(std::unique_ptr<ops::Secret>& into, const ops::SecretSource& source);
    std::optional<StartFault> openSecrets();
    std::optional<StartFault> openDatabase(const sealing::SealingKey& key);
    std::optional<StartFault> inspectDatabase(const store::StoreOptions& wanted,
                                              const sealing::SealingKey& key);
    std::optional<StartFault> faultOfKey(const Result<sealing::KeyCheck, std::string>& checked) const;
    std::optional<StartFault> openStore();
    void lookAtDatabase();
    void enterRefusedRequests();
    std::optional<StartFault> openPortal();
    std::optional<StartFault> openSmartCa();
    std::optional<StartFault> openSites();
};

std::optional<StartFault> Proxy::Parts::openSecret(std::unique_ptr<ops::Secret>& into,
                                                   const ops::SecretSource& source) {
    auto secret = ops::Secret::open(source);
    if (!secret) return StartFault{secret.error().sentence};
    into = std::move(secret).value();
    return std::nullopt;
}

std::optional<StartFault> Proxy::Parts::openSecrets() {
    if (auto fault = openSecret(id, {.what = "the SmartCA account (sp_id)",
                                     .option = "--smartca-id-file",
                                     .file = options.smartcaIdFile,
                                     .variable = "SMARTCA_SP_ID"}))
        return fault;
    if (auto fault = openSecret(password, {.what = "the SmartCA password (sp_password)",
                                           .option = "--smartca-password-file",
                                           .file = options.smartcaPasswordFile,
                                           .variable = "SMARTCA_SP_PASSWORD"}))
        return fault;
    if (options.auth != "bearer") return std::nullopt;
    if (auto fault = openSecret(tokens, {.what = "the bearer tokens",
                                         .option = "--auth-token-file",
                                         .file = options.authTokenFile,
                                         .lines = ops::SecretLines::Several}))
        return fault;
    if (ops::tokensIn(tokens->value()).empty())
        return StartFault{"--auth-token-file: " + options.authTokenFile +
                          " must hold one or two tokens, one a line, of 32 to 256 visible ASCII characters; "
                          "make one with: openssl rand -hex 32"};
    return std::nullopt;
}

std::optional<StartFault> Proxy::Parts::openDatabase(const sealing::SealingKey& key) {
    store::StoreOptions wanted;
    wanted.path = options.database;
    wanted.watch = watch;
    const ops::SecretSource source{.what = "the database's password",
                                   .option = "--database-password-file",
                                   .file = options.databasePasswordFile,
                                   .variable = "SMARTCA_DATABASE_PASSWORD"};
    if (!source.file.empty() || std::getenv(source.variable.c_str()) != nullptr) {
        if (auto fault = openSecret(databasePassword, source)) return fault;
        wanted.password = [this] { return databasePassword->value(); };
    }
    // Adding to one user is one proxy's work at a time; eContract knows no transactions that would see to it.
    if (options.registry == "econtract") wanted.sharing = store::Sharing::Alone;
    if (options.action == ops::Action::CheckConfig) {
        if (auto fault = inspectDatabase(wanted, key)) return fault;
        wanted = {.path = scratch->path() + "/registry.sqlite"};
    }
    auto opened = store::Store::open(wanted);
    if (!opened) return StartFault{"--database: " + opened.error()};
    store = std::move(opened).value();
    return faultOfKey(sealing::keepKeyCheck(*store, key));
}

std::optional<StartFault> Proxy::Parts::faultOfKey(
    const Result<sealing::KeyCheck, std::string>& checked) const {
    if (!checked) return StartFault{"--database: " + checked.error()};
    if (checked.value() != sealing::KeyCheck::Another) return std::nullopt;
    return StartFault{"--key-file: " + options.keyFile +
                      " is not the key that this database was begun with, and cannot read the passwords in "
                      "it; name that one, or the database that belongs to this one."};
}

// The rest of the configuration is tried on a database that nobody minds.
std::optional<StartFault> Proxy::Parts::inspectDatabase(const store::StoreOptions& wanted,
                                                        const sealing::SealingKey& key) {
    const auto state = store::inspect(wanted);
    if (!state) return StartFault{"--database: " + state.error()};
    if (state.value() == store::DatabaseState::Current) {
        auto database = store::openToLook(wanted);
        if (!database) return StartFault{"--database: " + database.error()};
        if (auto fault = faultOfKey(sealing::checkKey(database.value(), key))) return fault;
    }
    scratch.emplace();
    if (scratch->path().empty())
        return StartFault{"No folder for temporary files can be made; set TMPDIR to one that is writable."};
    return std::nullopt;
}

// A server may go and come; requests meanwhile are told to try again.
void Proxy::Parts::lookAtDatabase() {
    const bool answers = store->isReachable();
    if (answers == databaseAnswers) return;
    databaseAnswers = answers;
    health.setDatabase(answers);
    log.event(
        answers ? "databaseBack" : "databaseAway",
        answers ? "The database answers again." : "The database does not answer; it is tried every second.");
}

void Proxy::Parts::enterRefusedRequests() {
    if (!refusedRequests->enter())
        log.event("auditBusy", "Requests that were turned away could not be entered into the audit log.");
}

std::optional<StartFault> Proxy::Parts::openStore() {
    auto keys = readKeys(options.keyFile);
    if (!keys) return StartFault{"--key-file: " + keys.error()};
    if (auto fault = openDatabase(keys.value().sealing)) return fault;
    if (!options.demoData.empty()) {
        const auto seeded = registry::loadDemoData(*store, options.demoData, clockNow());
        if (!seeded) return StartFault{"--demo-data: " + seeded.error()};
        if (seeded.value() == registry::Seeding::Loaded && !scratch)
            log.event("demoData", "The empty registry has been filled from the file.");
    }
    if (!options.companySettings.empty() && options.action != ops::Action::Migrate) {
        const auto loaded = registry::loadCompanySettings(*store, options.companySettings);
        if (!loaded) return StartFault{"--company-settings: " + loaded.error()};
    }
    registry.emplace(store, std::move(keys.value().sealing));
    journal.emplace(store);
    refusedRequests.emplace(*journal);
    if (options.registry == "econtract") {
        if (auto fault = openPortal()) return fault;
    }
    x509::Authorities authorities;
    if (!options.subscriberCaFile.empty()) {
        auto loaded = x509::Authorities::load(options.subscriberCaFile);
        if (!loaded) return StartFault{"--subscriber-ca-file: " + loaded.error()};
        authorities = std::move(loaded).value();
    }
    registry::Registry& chosen = portalRegistry ? static_cast<registry::Registry&>(*portalRegistry)
                                                : static_cast<registry::Registry&>(*registry);
    context.emplace(api::Context{chosen, *journal, *smartCa, clockNow, std::move(keys.value().fingerprints),
                                 [this] {
                                     if (outcomes) outcomes->wake();
                                 },
                                 std::move(authorities)});
    return std::nullopt;
}

std::optional<StartFault> Proxy::Parts::openPortal() {
    if (auto fault = openSecret(portalUsername, {.what = "the eContract account's name",
                                                 .option = "--econtract-username-file",
                                                 .file = options.econtractUsernameFile,
                                                 .variable = "SMARTCA_ECONTRACT_USERNAME"}))
        return fault;
    if (auto fault = openSecret(portalPassword, {.what = "the eContract account's password",
                                                 .option = "--econtract-password-file",
                                                 .file = options.econtractPasswordFile,
                                                 .variable = "SMARTCA_ECONTRACT_PASSWORD"}))
        return fault;
    econtract::PortalOptions wanted;
    wanted.http.caFile = options.econtractCaFile;
    wanted.login = {
        options.econtractLogin == "v1" ? econtract::LoginVersion::V1 : econtract::LoginVersion::V2,
        options.econtractCompany};
    wanted.deadline = std::chrono::milliseconds(options.econtractTimeoutMs);
    wanted.http.maximumConnections =
        2 * static_cast<std::size_t>(options.upstreamWorkers);  // lists, and creates
    auto url = econtract::portalUrl(options.econtractUrl);
    if (!url)
        return StartFault{"--econtract-url: " + url.error() + "; write it as https://econtract.example.vn"};
    wanted.url = std::move(url).value();
    auto client = econtract::PortalClient::make(wanted, accountOf(*portalUsername, *portalPassword));
    if (!client) return StartFault{"--econtract-ca-file: " + client.error()};
    portal = std::move(client).value();

    econtract::RegistryOptions how;
    if (!options.econtractFieldMap.empty()) {
        const auto text = base::readFile(options.econtractFieldMap);
        if (!text) return StartFault{"--econtract-field-map: cannot read " + options.econtractFieldMap + "."};
        auto map = econtract::FieldMap::parse(*text);
        if (!map)
            return StartFault{"--econtract-field-map: " + options.econtractFieldMap + ": " + map.error()};
        how.fieldMap = std::move(map).value();
    }
    if (options.econtractWriteSignatureText) how.signatureTexts = econtract::SignatureTexts::Written;
    how.directory.maximumUsers = options.econtractListUsers;
    how.note = [this](const std::string& note) { log.event("econtract", note); };
    portalRegistry.emplace(*portal, *registry, *journal, std::move(how));
    return std::nullopt;
}

std::optional<StartFault> Proxy::Parts::openSmartCa() {
    // Without the URL itself: it may hold a password.
    auto url = upstream::smartCaUrl(options.smartcaUrl);
    if (!url)
        return StartFault{"--smartca-url: " + url.error() + "; write it as https://gwsca.vnpt.vn/sca/sp769"};
    upstream::SmartCaOptions wanted;
    wanted.url = std::move(url).value();
    wanted.http.caFile = options.smartcaCaFile;
    wanted.deadline = std::chrono::milliseconds(options.smartcaTimeoutMs);
    wanted.http.maximumConnections = static_cast<std::size_t>(options.upstreamWorkers);
    auto client = upstream::makeSmartCaClient(wanted, accountOf(*id, *password));
    if (!client) return StartFault{"--smartca-ca-file: " + client.error()};
    smartCa = std::move(client).value();
    return std::nullopt;
}

std::optional<StartFault> Proxy::Parts::openSites() {
    http::SiteOptions wanted;
    wanted.guards.allowedOrigins = options.allowedOrigins;
    wanted.guards.allowedHosts = options.allowedHosts;
    const auto address = http::parseAddress(options.listen);
    wanted.guards.loopbackOnly = address && address.value().isLocal();
    if (tokens) wanted.authenticate = http::requireBearer([this] { return ops::tokensIn(tokens->value()); });
    if (!options.staticDir.empty()) {
        auto files = http::StaticFiles::load(options.staticDir);
        if (!files)
            return StartFault{"--static-dir: " + files.error() + " Mend that, or leave --static-dir out."};
        for (const char* name : {"smartca.js", "smartca.wasm"})
            if (!files.value().find(std::string("/") + name))
                return StartFault{
                    "--static-dir: " + options.staticDir + " has no " + name +
                    ", so it is not the built page; put that there with: cmake --preset wasm && cmake "
                    "--build --preset wasm && cmake --install build/wasm --prefix " +
                    options.staticDir};
        wanted.files = std::move(files).value();
    }
    wanted.observe = [this](const http::RequestRecord& record) {
        log.request(record);
        health.count(record);
        refusedRequests->see(record);
    };
    site.emplace(api::routes(*context), std::move(wanted));
    http::SiteOptions bare;  // probes come with any Host
    bare.guards.loopbackOnly = false;
    opsSite.emplace(health.routes(), std::move(bare));
    return std::nullopt;
}

Result<std::unique_ptr<Proxy>, StartFault> Proxy::open(const ops::Options& options, const ops::Log& log,
                                                       store::CommitWatch watch) {
    auto parts = std::make_unique<Parts>(options, log, std::move(watch));
    if (auto fault = parts->openSecrets()) return *fault;
    if (auto fault = parts->openSmartCa()) return *fault;
    if (auto fault = parts->openStore()) return *fault;
    if (auto fault = parts->openSites()) return *fault;
    return std::unique_ptr<Proxy>(new Proxy(std::move(parts)));
}

Proxy::Proxy(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Proxy::~Proxy() = default;

Result<std::string, StartFault> Proxy::serve() {
    auto& parts = *parts_;
    const auto start = [](std::optional<http::Server>& server, http::Site& site,
                          const http::ServerOptions& how, const std::string& where) {
        server.emplace(site, how);
        return server->start(http::parseAddress(where).value());
    };
    if (!parts.options.opsListen.empty()) {
        const http::ServerOptions small{
            .maximumConnections = 64, .localWorkers = 1, .upstreamWorkers = {.threads = 0}};
        const auto address = start(parts.opsServer, *parts.opsSite, small, parts.options.opsListen);
        if (!address) return StartFault{"--ops-listen: " + address.error()};
        parts.log.event("opsListening", address.value().text());
    }
    if (parts.context->registry.isElsewhere()) {
        parts.finder.emplace(
            parts.context->registry, *parts.journal, clockNow,
            api::OutcomeFinder::Watchers{
                .note = [&parts](const std::string& note) { parts.log.event("outcome", note); },
                .open = [&parts](std::size_t count) { parts.health.setOpenCreates(count); }},
            api::OutcomesOptions{});
        parts.outcomes.emplace(*parts.finder);
    }
    http::ServerOptions how;
    how.maximumConnections = static_cast<std::size_t>(parts.options.maximumConnections);
    how.upstreamWorkers = api::upstreamWorkers(static_cast<std::size_t>(parts.options.upstreamWorkers),
                                               parts.context->registry.isElsewhere());
    const auto address = start(parts.server, *parts.site, how, parts.options.listen);
    if (!address) return StartFault{"--listen: " + address.error()};
    parts.health.setReady(true);
    if (!parts.options.readyFile.empty() && !writeReadyFile(parts.options.readyFile, address.value().text()))
        return StartFault{"--ready-file: cannot write " + parts.options.readyFile +
                          "; its folder must be there and writable."};
    return address.value().text();
}

void Proxy::tick() {
    auto& parts = *parts_;
    for (const auto* secret : {&parts.id, &parts.password, &parts.tokens, &parts.portalUsername,
                               &parts.portalPassword, &parts.databasePassword}) {
        if (!*secret) continue;
        const auto refreshed = (*secret)->refresh();
        if (refreshed == ops::Secret::Refresh::Replaced)
            parts.log.event("secretReplaced", (*secret)->file() + " has changed; the new value is in use.");
        if (refreshed != ops::Secret::Refresh::Broken) continue;
        parts.health.countBrokenSecret();
        parts.log.event("secretBroken", (*secret)->fault() + " (The old value stays in use.)");
    }
    parts.lookAtDatabase();
    parts.enterRefusedRequests();
    const auto now = parts.context->now();
    if (now < parts.nextExpiry) return;
    parts.nextExpiry = now + kExpireEvery;
    const auto forgotten = parts.journal->expire(now - kKeepAnswers);
    if (!forgotten) parts.log.event("journalBusy", "Old journal records could not be removed now.");
    if (forgotten && forgotten.value() == journal::Journal::kForgottenAtOnce) parts.nextExpiry = now;
}

void Proxy::announceStop() {
    parts_->health.setReady(false);
    if (!parts_->options.readyFile.empty()) std::remove(parts_->options.readyFile.c_str());
}

bool Proxy::drained(std::chrono::milliseconds wait) {
    const bool drained = parts_->server->drain(wait);
    if (drained) parts_->enterRefusedRequests();
    return drained;
}

}  // namespace smartca
