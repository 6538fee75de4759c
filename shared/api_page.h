// The JSON of a page of a list, for those parts of api.h that have one, and for no other file.
#pragma once

#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "shared/api.h"
#include "shared/json_writer.h"
#include "shared/object_reader.h"

namespace smartca {

template <class T>
void setPage(nlohmann::json& object, const Page<T>& page) {
    nlohmann::json items(nlohmann::json::value_t::array);
    for (const T& item : page.items)
        items.push_back(toJson(item));
    setValue(object, "items", std::move(items));
    setInteger(object, "page", page.page);
    setInteger(object, "pageSize", page.pageSize);
    setInteger(object, "totalCount", page.totalCount);
    setInteger(object, "allCount", page.allCount);
}

template <class T>
void readPage(ObjectReader& reader, Page<T>& page, T (*readItem)(ObjectReader&)) {
    constexpr int kLargest = std::numeric_limits<int>::max();
    reader.eachObject("items", [&](ObjectReader& item) { page.items.push_back(readItem(item)); });
    page.page = static_cast<int>(reader.integer("page", 1, kLargest));
    page.pageSize = static_cast<int>(reader.integer("pageSize", 1, kLargest));
    page.totalCount = reader.integer("totalCount", 0);
    page.allCount = reader.integer("allCount", 0);
}

}  // namespace smartca
