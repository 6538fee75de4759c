#include "proxy/backend.h"

#include <chrono>
#include <cstddef>
#include <ctime>
#include <utility>

#include "proxy/base/file.h"
#include "proxy/registry/demo_data.h"
#include "proxy/sealing/key_check.h"
#include "proxy/store/inspection.h"
#include "proxy/upstream/base_url.h"

namespace smartca {
namespace {

using Ending = Result<Done, std::string>;

Ending openSmartCa(Backend& backend, const ops::Options& options, Secrets& secrets, const ops::Log& log) {
    auto account = secrets.openAccount(
        {"the SmartCA account (sp_id)", "--smartca-id-file", options.smartcaIdFile, "SMARTCA_SP_ID"},
        {"the SmartCA password (sp_password)", "--smartca-password-file", options.smartcaPasswordFile,
         "SMARTCA_SP_PASSWORD"});
    if (!account) return account.error();
    // Without the URL itself: it may hold a password.
    auto url = upstream::smartCaUrl(options.smartcaUrl);
    if (!url) return "--smartca-url: " + url.error() + "; write it as https://gwsca.vnpt.vn/sca/sp769";
    upstream::SmartCaOptions wanted;
    wanted.url = std::move(url).value();
    wanted.http.caFile = options.smartcaCaFile;
    wanted.http.maximumConnections = static_cast<std::size_t>(options.upstreamWorkers);
    wanted.deadline = std::chrono::milliseconds(options.smartcaTimeoutMs);
    wanted.note = [&log](const std::string& note) { log.event("smartca", note); };
    auto client = upstream::makeSmartCaClient(wanted, std::move(account).value());
    if (!client) return "--smartca-ca-file: " + client.error();
    backend.smartCa = std::move(client).value();
    return Done{};
}

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
    if (!options.demoData.empty()) {
        const auto seeded = registry::loadDemoData(*backend.store, options.demoData, clockNow());
        if (!seeded) return "--demo-data: " + seeded.error();
        if (seeded.value() == registry::Seeding::Loaded && !backend.scratch)
            log.event("demoData", "The empty registry has been filled from the file.");
    }
    if (!options.companySettings.empty() && options.action != ops::Action::Migrate) {
        const auto loaded = registry::loadCompanySettings(*backend.store, options.companySettings);
        if (!loaded) return "--company-settings: " + loaded.error();
    }
    return Done{};
}

Ending openPortal(Backend& backend, const ops::Options& options, Secrets& secrets) {
    auto account = secrets.openAccount({"the eContract account's name", "--econtract-username-file",
                                        options.econtractUsernameFile, "SMARTCA_ECONTRACT_USERNAME"},
                                       {"the eContract account's password", "--econtract-password-file",
                                        options.econtractPasswordFile, "SMARTCA_ECONTRACT_PASSWORD"});
    if (!account) return account.error();
    auto url = econtract::portalUrl(options.econtractUrl);
    if (!url) return "--econtract-url: " + url.error() + "; write it as https://econtract.example.vn";
    econtract::PortalOptions wanted;
    wanted.url = std::move(url).value();
    wanted.http.caFile = options.econtractCaFile;
    // Lists, and creates.
    wanted.http.maximumConnections = 2 * static_cast<std::size_t>(options.upstreamWorkers);
    wanted.login = {
        options.econtractLogin == "v1" ? econtract::LoginVersion::V1 : econtract::LoginVersion::V2,
        options.econtractCompany};
    wanted.deadline = std::chrono::milliseconds(options.econtractTimeoutMs);
    auto client = econtract::PortalClient::make(wanted, std::move(account).value());
    if (!client) return "--econtract-ca-file: " + client.error();
    backend.portal = std::move(client).value();
    return Done{};
}

Ending openPortalRegistry(Backend& backend, const ops::Options& options, const ops::Log& log) {
    econtract::RegistryOptions wanted;
    if (!options.econtractFieldMap.empty()) {
        const auto text = base::readFile(options.econtractFieldMap);
        if (!text) return "--econtract-field-map: cannot read " + options.econtractFieldMap + ".";
        auto map = econtract::FieldMap::parse(*text);
        if (!map) return "--econtract-field-map: " + options.econtractFieldMap + ": " + map.error();
        wanted.fieldMap = std::move(map).value();
    }
    if (options.econtractWriteSignatureText) wanted.signatureTexts = econtract::SignatureTexts::Written;
    wanted.directory.maximumUsers = options.econtractListUsers;
    wanted.note = [&log](const std::string& note) { log.event("econtract", note); };
    backend.elsewhere = std::make_unique<econtract::EContractRegistry>(*backend.portal, *backend.ownRegistry,
                                                                       *backend.journal, std::move(wanted));
    return Done{};
}

}  // namespace

Instant clockNow() {
    return static_cast<Instant>(std::time(nullptr));
}

registry::Registry& Backend::registry() const {
    if (elsewhere) return *elsewhere;
    return *ownRegistry;
}

Result<std::unique_ptr<Backend>, std::string> openBackend(const ops::Options& options, const ops::Log& log,
                                                          Secrets& secrets, store::CommitWatch watch) {
    auto backend = std::make_unique<Backend>();
    if (const auto done = openSmartCa(*backend, options, secrets, log); !done) return done.error();
    auto keys = readKeys(options.keyFile);
    if (!keys) return "--key-file: " + keys.error();
    const auto& sealing = keys.value().sealing;
    if (const auto done = openDatabase(*backend, sealing, options, secrets, std::move(watch)); !done)
        return done.error();
    if (const auto done = fillDatabase(*backend, options, log); !done) return done.error();
    backend->fingerprintKey = std::move(keys.value().fingerprints);
    backend->sessionKey = std::move(keys.value().sessions);
    backend->ownRegistry =
        std::make_unique<registry::SqlRegistry>(backend->store, std::move(keys.value().sealing));
    backend->journal = std::make_unique<journal::SqlJournal>(backend->store);
    if (options.registry != "econtract") return backend;
    if (const auto done = openPortal(*backend, options, secrets); !done) return done.error();
    if (const auto done = openPortalRegistry(*backend, options, log); !done) return done.error();
    return backend;
}

}  // namespace smartca
