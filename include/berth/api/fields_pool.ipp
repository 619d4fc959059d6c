#pragma once

/// \file
/// The bodies of `berth/api/fields_pool.hpp`.

#include <berth/api/fields_pool.hpp>
#include <berth/core/config.hpp>

#include <algorithm>
#include <utility>

namespace berth::api {

BERTH_DECL auto fields_pool::share(object::shared_fields fields) -> object::shared_fields {
    auto const lock = std::scoped_lock(mutex_);
    if (auto const known = kept_.find(fields.text()); known != kept_.end()) {
        known->second.take_set(fields);
        return known->second;
    }
    if (kept_.size() >= most_) sweep();
    if (fields.has_set() && fields.copies() == 1) fields = object::shared_fields(std::string(fields.text()));
    auto const text = fields.text(); // lies in what all copies share
    return kept_.emplace(text, std::move(fields)).first->second;
}

BERTH_DECL auto fields_pool::size() const -> std::size_t {
    auto const lock = std::scoped_lock(mutex_);
    return kept_.size();
}

BERTH_DECL auto fields_pool::sweep() -> void {
    std::erase_if(kept_, [](auto const& entry) { return entry.second.copies() == 1; });
    most_ = std::max(few, 2 * kept_.size());
}

} // namespace berth::api
