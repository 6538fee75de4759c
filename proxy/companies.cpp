#include "proxy/companies.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "proxy/base/crypto.h"
#include "proxy/session/caller.h"
#include "shared/json_file.h"
#include "shared/object_reader.h"

namespace smartca {
namespace {

std::optional<upstream::Account> accountIn(ObjectReader& reader, std::string_view name) {
    if (!reader.has(name) && !reader.has("password")) return std::nullopt;
    upstream::Account account{reader.text(name), reader.text("password")};
    if (account.name.empty()) reader.fail(name, "is empty");
    if (account.password.empty()) reader.fail("password", "is empty");
    return account;
}

CompanyEntry entryIn(ObjectReader& reader) {
    CompanyEntry entry;
    entry.name = reader.text("name");
    if (!session::isCompanyName(entry.name)) reader.fail("name", "is no name of 1 to 64 characters");
    if (const auto* smartCa = reader.optionalValue("smartca")) {
        ObjectReader own(*smartCa, reader, "smartca");
        entry.smartCa = accountIn(own, "id");
        own.refuseUnknownKeys();
    }
    if (const auto* portal = reader.optionalValue("econtract")) {
        ObjectReader own(*portal, reader, "econtract");
        entry.portalCompany = own.integer("company", 1, std::numeric_limits<std::int32_t>::max());
        entry.portal = accountIn(own, "username");
        own.refuseUnknownKeys();
    }
    entry.settings = reader.optionalText("settings");
    reader.refuseUnknownKeys();
    return entry;
}

void wipeAccounts(nlohmann::json& value) {
    if (auto* text = value.get_ptr<std::string*>()) return base::wipe(*text);
    if (value.is_structured())
        for (auto& each : value)
            wipeAccounts(each);
}

}  // namespace

Result<std::vector<CompanyEntry>, std::string> readCompanies(std::string_view text) {
    auto json = parseJsonFile(text);
    if (!json) return json.error();
    std::vector<CompanyEntry> entries;
    std::set<std::string> names;
    std::set<std::pair<std::string, std::int64_t>> portals;
    ObjectReader reader(json.value());
    reader.eachObject("companies", [&](ObjectReader& item) {
        CompanyEntry entry = entryIn(item);
        if (!names.insert(entry.name).second) item.fail("name", "is that of another company, too");
        const std::string username = entry.portal ? entry.portal->name : std::string();
        if (entry.portalCompany != 0 && !portals.insert({username, entry.portalCompany}).second)
            item.fail("econtract", "is that of another company, too");
        entries.push_back(std::move(entry));
    });
    auto read = reader.finish(std::move(entries), UnknownKeys::Refused);
    wipeAccounts(json.value());
    if (!read) return read.error().pointer + " " + read.error().reason;
    if (read.value().empty()) return std::string("it names no company");
    return std::move(read).value();
}

registry::Registry& Company::registry() const {
    if (elsewhere) return *elsewhere;
    return *ownRegistry;
}

upstream::AccountSource Companies::accountOf(const std::string& name,
                                             std::optional<upstream::Account> CompanyEntry::* own,
                                             const upstream::AccountSource& usual) const {
    return [this, name, own, usual] {
        {
            const std::lock_guard lock(mutex_);
            const auto found = places_.find(name);
            if (found != places_.end() && found->second.entry.*own) return *(found->second.entry.*own);
        }
        return usual ? usual() : upstream::Account{};
    };
}

// What a running proxy does not take up, or has no account for.
std::optional<std::string> Companies::faultOf(const CompanyEntry& entry) const {
    const std::string name = "the company \"" + entry.name + "\"";
    if (!entry.smartCa && !usual_.smartCa)
        return name + " has no \"smartca\", and --smartca-id-file names no account for it";
    if (entry.portalCompany != 0 && !entry.portal && !usual_.portal)
        return name + " has no account in its \"econtract\", and --econtract-username-file names none for it";
    const auto known = places_.find(entry.name);
    if (known != places_.end() && known->second.entry.portalCompany != entry.portalCompany)
        return name + " has another company of eContract than before, which takes a restart";
    return std::nullopt;
}

std::optional<std::string> Companies::take(std::vector<CompanyEntry> entries) {
    std::map<std::string, std::unique_ptr<Company>> opened;
    for (const CompanyEntry& entry : entries) {
        if (auto wrong = faultOf(entry)) return wrong;
        const auto known = places_.find(entry.name);
        // Opened once more for its settings alone.
        if (known != places_.end() && known->second.entry.settings == entry.settings) continue;
        auto company = open_(entry, {accountOf(entry.name, &CompanyEntry::smartCa, usual_.smartCa),
                                     accountOf(entry.name, &CompanyEntry::portal, usual_.portal)});
        if (!company) return company.error();
        opened[entry.name] = std::move(company).value();
    }
    const std::lock_guard lock(mutex_);
    for (auto& [name, place] : places_)
        place.served = false;
    for (CompanyEntry& entry : entries) {
        Place& place = places_[entry.name];
        for (auto* account : {&place.entry.smartCa, &place.entry.portal})
            if (*account) base::wipe((*account)->password);
        if (!place.company) place.company = std::move(opened[entry.name]);
        place.entry = std::move(entry);
        place.served = true;
    }
    return std::nullopt;
}

const Company* Companies::find(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(name);
    return found != places_.end() && found->second.served ? found->second.company.get() : nullptr;
}

std::map<std::string, const Company*> Companies::all() const {
    const std::lock_guard lock(mutex_);
    std::map<std::string, const Company*> served;
    for (const auto& [name, place] : places_)
        if (place.served) served.emplace(name, place.company.get());
    return served;
}

}  // namespace smartca
