#include "worlds.h"

#include <httplib.h>
#include <stdlib.h>

#include <atomic>
#include <ctime>
#include <fstream>

#include "proxy/registry/demo_data.h"
#include "proxy/registry/rows.h"
#include "proxy/sandbox/certificate_item.h"

namespace smartca::econtract {
namespace {

constexpr const char* kIdentities = R"({"identities": [
  {"id": "001099000001", "certificates": [
    {"service": "SMARTCA", "package": "SMARTCA PERSONAL PRO", "subject": ["C=VN", "CN=Nguyễn Văn A", "UID=CCCD:001099000001"], "from": -120, "to": 245}]},
  {"id": "0100684378", "certificates": [
    {"service": "ESEAL", "package": "ESEAL", "subject": ["C=VN", "O=VNPT", "CN=VNPT con dấu", "UID=MST:0100684378"], "from": -200, "to": 895},
    {"service": "SMARTCA", "package": "SMARTCA BUSINESS", "subject": ["C=VN", "O=VNPT", "CN=VNPT kế toán", "UID=MST:0100684378"], "from": -15, "to": 350},
    {"service": "ESEAL", "package": "ESEAL", "subject": ["C=VN", "O=VNPT", "CN=VNPT cũ", "UID=MST:0100684378"], "from": -500, "to": -135}]}]})";

constexpr const char* kPortal = R"({
  "companies": [{"id": 101, "name": "Công ty Mẫu"}, {"id": 102, "name": "Chi nhánh"}],
  "users": [
    {"id": 1, "code": "USER01", "name": "Nguyễn Văn A", "phone": "0919000111", "email": "a@example.vn", "text": "Ký bởi: {{SubjectDN.CN}}"},
    {"id": 2, "code": "USER02", "name": "Trần Thị Bích Ngọc", "phone": "0919000222", "email": "ngoc@example.vn"},
    {"id": 3, "code": "USER03", "name": "Đặng Đình Đức", "phone": "0919 000 333", "email": "duc@example.vn"},
    {"id": 90, "code": "OTHER", "name": "Của công ty khác", "companyId": 102}]})";

struct MadeVault {
    Folder folder;
    sandbox::Vault vault;
    MadeVault() {
        auto plans = sandbox::parseIdentities(kIdentities);
        REQUIRE(plans.ok());
        auto opened = sandbox::openVault(folder.path, std::move(plans).value(), sandbox::systemClock());
        REQUIRE(opened.ok());
        vault = std::move(opened).value();
    }
};
const MadeVault& made() {
    static const MadeVault one;
    return one;
}

sandbox::PortalPlan plan() {
    auto parsed = sandbox::parsePortalPlan(kPortal, sandbox::systemClock());
    REQUIRE(parsed.ok());
    return std::move(parsed).value();
}

std::shared_ptr<store::Store> storeIn(const registry::Place& place) {
    auto store = store::Store::open({.path = place.path()});
    REQUIRE(store.ok());
    return std::move(store).value();
}

}  // namespace

Folder::Folder() {
    std::string name = std::filesystem::temp_directory_path() / "smartca-econtract-XXXXXX";
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
}
Folder::~Folder() {
    std::error_code ignored;  // what stays is in the temporary directory
    std::filesystem::remove_all(path, ignored);
}

Instant wallClock() {
    return static_cast<Instant>(std::time(nullptr));
}

const sandbox::Vault& vault() {
    return made().vault;
}
std::string vaultRoot() {
    return made().folder.path / "ca.pem";
}

std::vector<NewCertificate> certificatesOf(const char* identity) {
    std::vector<NewCertificate> certificates;
    for (const auto& registered : vault().identities.at(identity).certificates) {
        const X509& own = *registered.credential.certificate;
        NewCertificate certificate;
        certificate.serial = registered.serial;
        certificate.identity = identity;
        for (const auto& [type, value] : registered.plan.subject) {
            if (type == "CN") certificate.commonName = value;
        }
        certificate.subject = sandbox::subjectOf(own);
        certificate.issuer = sandbox::subjectOf(*vault().intermediate.certificate);
        certificate.serviceName = registered.plan.package;
        certificate.der = sandbox::derOf(own);
        certificate.validFrom = sandbox::validFromOf(own);
        certificate.validTo = sandbox::validToOf(own);
        certificates.push_back(std::move(certificate));
    }
    return certificates;
}

Attachment attachment(UserId user, std::vector<NewCertificate> certificates) {
    Attachment made;
    made.draft.userId = user;
    made.certificates = std::move(certificates);
    made.extent = registry::Extent::All;
    return made;
}

journal::Key freshKey() {
    static std::atomic<int> creates{0};
    return {"portal", "create " + std::to_string(++creates)};
}

base::Outcome<Attached> create(registry::Registry& registry, journal::Journal& journal,
                               const journal::Key& key, const Attachment& attachment) {
    if (!journal.begin(key, "body", wallClock())) return base::Fault{ProblemCode::Unavailable};
    registry::Settlement settlement{key};
    for (const auto& certificate : attachment.certificates) {
        settlement.audit.serials.push_back(certificate.serial);
        RegisteredCertificate& found = settlement.memo.found.emplace_back();
        found.serial = certificate.serial;
        found.status = certificate.told.status;
        found.statusText = certificate.told.text;
    }
    return registry.attach(attachment, settlement, wallClock());
}

DatabaseWorld::DatabaseWorld()
    : store_(storeIn(place_)),
      company_(registry::enterCompany(*store_, "main").value()),
      registry_(store_, company_, sealing::SealingKey::ofBytes(std::string(32, 'k'))),
      journal_(store_) {
    store::Store::Writer writer = store_->write();
    for (const auto& user : plan().users) {
        if (user.companyId != 101) continue;
        registry::UserRow row{user.id, user.code, user.name, user.phone, user.email, {}};
        row.settings.text = user.signatureText;
        REQUIRE(registry::insertUser(writer.database(), company_, row).ok());
    }
}

void DatabaseWorld::setCompany(const std::string& json) {
    const auto file = std::filesystem::path(place_.file("company.json"));
    std::ofstream(file) << json;
    const auto loaded = registry::loadCompanySettings(*store_, company_, file);
    if (!loaded) FAIL(loaded.error());
}

std::vector<audit::Record> DatabaseWorld::auditLog() const {
    std::vector<audit::Record> records;
    auto log = audit::openLog(place_.path());
    REQUIRE(log);
    REQUIRE(audit::eachRecord(log.value(), [&](const audit::Record& record) {
        records.push_back(record);
        return true;
    }));
    return records;
}

PortalWorld::PortalWorld(RegistryOptions options, PortalOptions portal)
    : server_(vault(), {}, plan(), {24 * 60 * 60, sandbox::systemClock}) {
    const auto bound = server_.bind("127.0.0.1", 0);
    REQUIRE(bound.ok());
    port_ = bound.value();
    serving_ = std::thread([this] { server_.run(); });
    portal.url = portalUrl("https://127.0.0.1:" + std::to_string(port_)).value();
    portal.http.caFile = vaultRoot();
    if (portal.login.company == 0 && portal.login.version == LoginVersion::V1) portal.login.company = 101;
    auto client = PortalClient::make(portal, account.source());
    REQUIRE(client.ok());
    portal_ = std::move(client).value();
    options.company = "main";
    options.note = [this](const std::string& note) { notes.push_back(note); };
    registry_.emplace(*portal_, own_.registry(), own_.journal(), std::move(options));
}

PortalWorld::~PortalWorld() {
    // First the client: a server that stops waits for connections that are open.
    registry_.reset();
    portal_.reset();
    server_.stop();
    serving_.join();
}

Json PortalWorld::control(const std::string& path, const std::optional<Json>& body) const {
    httplib::SSLClient client("127.0.0.1", port_);
    client.set_ca_cert_path(vaultRoot());
    const auto answer = body ? client.Post(path, body->dump(), "application/json") : client.Get(path);
    REQUIRE(answer);
    REQUIRE(answer->status == 200);
    return Json::parse(answer->body);
}

std::vector<Json> PortalWorld::asked(const std::string& path) const {
    std::vector<Json> entries;
    const Json ledger = control("/sandbox/econtract/ledger");
    for (const Json& entry : ledger.at("entries")) {
        if (entry.at("path").get<std::string>().ends_with(path)) entries.push_back(entry);
    }
    return entries;
}

}  // namespace smartca::econtract
