#include "proxy/backend.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <utility>

#include "proxy/base/file.h"
#include "proxy/econtract/econtract_registry.h"
#include "proxy/registry/demo_data.h"
#include "proxy/sealing/key_check.h"
#include "proxy/store/inspection.h"
#include "proxy/upstream/base_url.h"

namespace smartca {
namespace {

using Ending = Result<Done, std::string>;

Ending endingOf(const Result<sealing::KeyCheck, std::string>& checked, const ops::Options& options) {
    if (!checked) return "--database: " + checked.error();
    if (checked.value() != sealing::KeyCheck::Another) return Done{};
    return "--key-file: " + options.keyFile +
           " is not the key that this database was begun with, and cannot read the passwords in "
           "it; name that one, or the database that belongs to this one.";
}

// Changes nothing in the database.
Ending inspectDatabase(const store::StoreOptions& wanted, const sealing::SealingKey& key,
                       const ops::Options& options) {
    const auto state = store::inspect(wanted);
    if (!state) return "--database: " + state.error();
    if (state.value() != store::DatabaseState::Current) return Done{};
    auto database = store::openToLook(wanted);
    if (!database) return "--database: " + database.error();
    return endingOf(sealing::checkKey(database.value(), key), options);
}

Ending openDatabase(Backend& backend, const sealing::SealingKey& key, const ops::Options& options,
                    Secrets& secrets, store::CommitWatch watch) {
    store::StoreOptions wanted;
    wanted.path = options.database;
    wanted.watch = std::move(watch);
    auto password = secrets.openDatabasePassword(options.databasePasswordFile);
    if (!password) return password.error();
    wanted.password = std::move(password).value();
    // Adding to one user is one proxy's work at a time; eContract knows no transactions that would see to it.
    if (options.registry == "econtract") wanted.sharing = store::Sharing::Alone;
    if (options.action == ops::Action::CheckConfig) {
        if (auto inspected = inspectDatabase(wanted, key, options); !inspected) return inspected;
        // The rest of the configuration is tried on a database that nobody minds.
        backend.scratch = std::make_unique<base::ScratchFolder>();
        if (backend.scratch->path().empty())
            return std::string("No folder for temporary files can be made; set TMPDIR to a writable one.");
        wanted = {.path = backend.scratch->path() + "/registry.sqlite"};
    }
    auto opened = store::Store::open(wanted);
    if (!opened) return "--database: " + opened.error();
    backend.store = std::move(opened).value();
    return endingOf(sealing::keepKeyCheck(*backend.store, key), options);
}

Ending fillDatabase(const Backend& backend, const ops::Options& options, const ops::Log& log) {
    const auto company = registry::enterCompany(*backend.store, options.company);
    if (!company) return "--database: " + company.error();
    if (!options.demoData.empty()) {
        const auto seeded =
            registry::loadDemoData(*backend.store, company.value(), options.demoData, clockNow());
        if (!seeded) return "--demo-data: " + seeded.error();
        if (seeded.value() == registry::Seeding::Loaded && !backend.scratch)
            log.event("demoData", "The empty registry has been filled from the file.");
    }
    if (!options.companySettings.empty() && options.action != ops::Action::Migrate) {
        const auto loaded =
            registry::loadCompanySettings(*backend.store, company.value(), options.companySettings);
        if (!loaded) return "--company-settings: " + loaded.error();
    }
    return Done{};
}

// What every company is opened with. Its connections are shared by all of them.
struct Workshop {
    std::shared_ptr<store::Store> store;
    journal::Journal& journal;
    sealing::SealingKey sealing;
    bool settingsCount;  // of the file of companies

    upstream::SmartCaOptions smartCa{};
    std::shared_ptr<upstream::HttpClient> smartCaHttp{};

    econtract::PortalOptions portal{};
    std::shared_ptr<upstream::HttpClient> portalHttp{};  // null: the database is the registry
    econtract::RegistryOptions registry{};

    Result<std::unique_ptr<Company>, std::string> open(const CompanyEntry& entry,
                                                       const Companies::Accounts& accounts) const;
};

Result<std::unique_ptr<Company>, std::string> Workshop::open(const CompanyEntry& entry,
                                                             const Companies::Accounts& accounts) const {
    if (portalHttp && entry.portalCompany == 0 && portal.login.version == econtract::LoginVersion::V1)
        return "the company \"" + entry.name + "\" has no \"econtract\" with its company";
    if (!portalHttp && entry.portalCompany != 0)
        return "the company \"" + entry.name + "\" has \"econtract\", which needs --registry=econtract";
    auto company = std::make_unique<Company>();
    company->smartCa = upstream::makeSmartCaClient(smartCa, accounts.smartCa, smartCaHttp);
    const auto id = registry::enterCompany(*store, entry.name);
    if (!id) return "--database: " + id.error();
    if (!entry.settings.empty() && settingsCount) {
        const auto loaded = registry::loadCompanySettings(*store, id.value(), entry.settings);
        if (!loaded) return loaded.error();
    }
    company->ownRegistry = std::make_unique<registry::SqlRegistry>(store, id.value(), sealing);
    if (!portalHttp) return company;
    econtract::PortalOptions own = portal;
    own.login.company = entry.portalCompany;
    company->portal = std::make_unique<econtract::PortalClient>(own, portalHttp, accounts.portal);
    econtract::RegistryOptions wanted = registry;
    wanted.company = entry.name;
    company->elsewhere = std::make_unique<econtract::EContractRegistry>(
        *company->portal, *company->ownRegistry, journal, std::move(wanted));
    return company;
}

// Counts the calls to an upstream, and says when it begins to hang and when it answers again.
void watch(upstream::HttpClientOptions& http, const char* name, const ops::Log& log, ops::Health& health) {
    http.observe = [name, &health](const upstream::CallReport& report) {
        health.countCall(name, report.outcome, report.duration);
    };
    http.changed = [name, &log, &health](upstream::Upstream now) {
        const bool hangs = now == upstream::Upstream::Hangs;
        health.setHanging(name, hangs);
        log.event(hangs ? "upstreamHangs" : "upstreamAnswers",
                  std::string(name) +
                      (hangs ? " has not answered several calls in time, and is asked now and then only."
                             : " answers again."));
    };
}

// A changed file of authorities counts like a changed secret.
Ending watchAuthorities(const std::shared_ptr<upstream::HttpClient>& http, const char* option,
                        const std::string& file, Secrets& secrets) {
    if (file.empty()) return Done{};
    const auto opened =
        secrets.open({.what = "the authorities to trust",
                      .option = option,
                      .file = file,
                      .lines = ops::SecretLines::Public,
                      .take = [http](std::string_view) { return http->reloadAuthorities(); }});
    if (!opened) return opened.error();
    return Done{};
}

Ending prepareSmartCa(Workshop& workshop, const ops::Options& options, const ops::Log& log,
                      ops::Health& health, Secrets& secrets) {
    // Without the URL itself: it may hold a password.
    auto url = upstream::smartCaUrl(options.smartcaUrl);
    if (!url) return "--smartca-url: " + url.error() + "; write it as https://gwsca.vnpt.vn/sca/sp769";
    auto& wanted = workshop.smartCa;
    wanted.url = std::move(url).value();
    wanted.http.caFile = options.smartcaCaFile;
    watch(wanted.http, "smartca", log, health);
    wanted.http.maximumConnections = static_cast<std::size_t>(options.upstreamWorkers);
    wanted.deadline = std::chrono::milliseconds(options.smartcaTimeoutMs);
    wanted.note = [&log](const std::string& note) { log.event("smartca", note); };
    auto http = upstream::HttpClient::make(wanted.url, wanted.http);
    if (!http) return "--smartca-ca-file: " + http.error();
    workshop.smartCaHttp = std::move(http).value();
    return watchAuthorities(workshop.smartCaHttp, "--smartca-ca-file", options.smartcaCaFile, secrets);
}

Ending preparePortal(Workshop& workshop, const ops::Options& options, const ops::Log& log,
                     ops::Health& health, Secrets& secrets) {
    auto url = econtract::portalUrl(options.econtractUrl);
    if (!url) return "--econtract-url: " + url.error() + "; write it as https://econtract.example.vn";
    auto& wanted = workshop.portal;
    wanted.url = std::move(url).value();
    wanted.http.caFile = options.econtractCaFile;
    watch(wanted.http, "econtract", log, health);
    // Lists, and creates.
    wanted.http.maximumConnections = 2 * static_cast<std::size_t>(options.upstreamWorkers);
    wanted.login.version =
        options.econtractLogin == "v1" ? econtract::LoginVersion::V1 : econtract::LoginVersion::V2;
    wanted.deadline = std::chrono::milliseconds(options.econtractTimeoutMs);
    auto http = upstream::HttpClient::make(wanted.url, wanted.http);
    if (!http) return "--econtract-ca-file: " + http.error();
    workshop.portalHttp = std::move(http).value();
    if (auto done =
            watchAuthorities(workshop.portalHttp, "--econtract-ca-file", options.econtractCaFile, secrets);
        !done)
        return done;

    auto& registry = workshop.registry;
    if (!options.econtractFieldMap.empty()) {
        const auto text = base::readFile(options.econtractFieldMap);
        if (!text) return "--econtract-field-map: cannot read " + options.econtractFieldMap + ".";
        auto map = econtract::FieldMap::parse(*text);
        if (!map) return "--econtract-field-map: " + options.econtractFieldMap + ": " + map.error();
        registry.fieldMap = std::move(map).value();
    }
    if (options.econtractWriteSignatureText) registry.signatureTexts = econtract::SignatureTexts::Written;
    registry.directory.maximumUsers = options.econtractListUsers;
    registry.note = [&log](const std::string& note) { log.event("econtract", note); };
    return Done{};
}

// Of the options. With a file of companies each may have its own instead.
Result<Companies::Accounts, std::string> usualAccounts(const ops::Options& options, Secrets& secrets) {
    const auto need = options.companiesFile.empty() ? Secrets::Need::Required : Secrets::Need::Optional;
    auto smartCa = secrets.openAccount(
        {"the SmartCA account (sp_id)", "--smartca-id-file", options.smartcaIdFile, "SMARTCA_SP_ID"},
        {"the SmartCA password (sp_password)", "--smartca-password-file", options.smartcaPasswordFile,
         "SMARTCA_SP_PASSWORD"},
        need);
    if (!smartCa) return smartCa.error();
    Companies::Accounts accounts{std::move(smartCa).value(), {}};
    if (options.registry != "econtract") return accounts;
    auto portal = secrets.openAccount({"the eContract account's name", "--econtract-username-file",
                                       options.econtractUsernameFile, "SMARTCA_ECONTRACT_USERNAME"},
                                      {"the eContract account's password", "--econtract-password-file",
                                       options.econtractPasswordFile, "SMARTCA_ECONTRACT_PASSWORD"},
                                      need);
    if (!portal) return portal.error();
    accounts.portal = std::move(portal).value();
    return accounts;
}

Ending openCompanies(Backend& backend, Workshop workshop, const ops::Options& options, const ops::Log& log,
                     ops::Health& health, Secrets& secrets) {
    auto accounts = usualAccounts(options, secrets);
    if (!accounts) return accounts.error();
    if (auto done = prepareSmartCa(workshop, options, log, health, secrets); !done) return done.error();
    if (options.registry == "econtract") {
        if (auto done = preparePortal(workshop, options, log, health, secrets); !done) return done.error();
    }
    backend.companies = std::make_unique<Companies>(
        [workshop = std::move(workshop)](const CompanyEntry& entry, const Companies::Accounts& own) {
            return workshop.open(entry, own);
        },
        std::move(accounts).value());
    Companies& companies = *backend.companies;
    if (options.companiesFile.empty()) {
        const auto wrong =
            companies.take({{.name = options.company, .portalCompany = options.econtractCompany}});
        if (wrong) return *wrong;
        return Done{};
    }
    const auto take = [&companies,
                       usual = options.company](std::string_view json) -> std::optional<std::string> {
        auto entries = readCompanies(json);
        if (!entries) return entries.error();
        if (std::ranges::find(entries.value(), usual, &CompanyEntry::name) == entries.value().end())
            return "it has no \"" + usual + "\", which --company names for whoever names none";
        return companies.take(std::move(entries).value());
    };
    const auto file = secrets.open({.what = "the companies",
                                    .option = "--companies-file",
                                    .file = options.companiesFile,
                                    .lines = ops::SecretLines::Document,
                                    .take = take});
    if (!file) return file.error();
    return Done{};
}

}  // namespace

Instant clockNow() {
    return static_cast<Instant>(std::time(nullptr));
}

Result<std::unique_ptr<Backend>, std::string> openBackend(const ops::Options& options, const ops::Log& log,
                                                          ops::Health& health, Secrets& secrets,
                                                          store::CommitWatch watch) {
    auto backend = std::make_unique<Backend>();
    auto keys = readKeys(options.keyFile);
    if (!keys) return "--key-file: " + keys.error();
    const auto& sealing = keys.value().sealing;
    if (const auto done = openDatabase(*backend, sealing, options, secrets, std::move(watch)); !done)
        return done.error();
    if (const auto done = fillDatabase(*backend, options, log); !done) return done.error();
    backend->fingerprintKey = std::move(keys.value().fingerprints);
    backend->sessionKey = std::move(keys.value().sessions);
    backend->journal = std::make_unique<journal::SqlJournal>(backend->store);
    Workshop workshop{.store = backend->store,
                      .journal = *backend->journal,
                      .sealing = std::move(keys.value().sealing),
                      .settingsCount = options.action != ops::Action::Migrate};
    if (const auto done = openCompanies(*backend, std::move(workshop), options, log, health, secrets); !done)
        return done.error();
    return backend;
}

}  // namespace smartca
