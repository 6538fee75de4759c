#include "proxy/registry/company.h"

namespace smartca::registry {

store::DatabaseResult<CompanyId> companyNamed(store::Database& database, const std::string& name) {
    store::Statement enter(database, "INSERT INTO companies(name) VALUES (?) ON CONFLICT(name) DO NOTHING");
    if (auto entered = enter.bind(name).run(); !entered) return entered.error();
    store::Statement find(database, "SELECT id FROM companies WHERE name = ?");
    const std::int64_t id = find.bind(name).next() ? find.number(0) : 0;
    if (find.failed()) return find.error();
    return CompanyId{id};
}

Result<CompanyId, std::string> enterCompany(store::Store& store, const std::string& name) {
    store::Store::Writer writer = store.write();
    auto company = companyNamed(writer.database(), name);
    if (!company) return company.error().forOperator();
    return company.value();
}

}  // namespace smartca::registry
