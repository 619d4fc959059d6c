#pragma once

/// \file
/// The bodies of `berth/api/fields_pool.hpp`.

#include <berth/api/fields_pool.hpp>
#include <berth/core/config.hpp>
#include <berth/object/detail/sharing.hpp>

#include <algorithm>
#include <utility>

namespace berth::api {

BERTH_DECL auto fields_pool::share(object::shared_fields fields) -> object::shared_fields {
    auto const lock = std::scoped_lock(mutex_);
    if (auto const known = kept_.find(fields); known != kept_.end()) {
        known->take_set(fields);
        return *known;
    }
    if (kept_.size() >= most_) sweep();
    return *kept_.insert(reduced(std::move(fields))).first;
}

BERTH_DECL auto fields_pool::reduced(object::shared_fields fields) -> object::shared_fields {
    for (auto const& model : models_)
        if (auto variant = fields.as_variant_of(model); !variant.empty()) return variant;
    if (fields.has_set() && fields.copies() == 1) fields = object::shared_fields(fields.text());
    models_[next_model_++ % models_.size()] = fields;
    return fields;
}

BERTH_DECL auto fields_pool::entry_of(std::string_view manager, std::string_view operation,
                                      std::string_view version, std::string_view subresource)
    -> object::managed_fields_entry {
    constexpr std::size_t most = 64;
    auto const lock = std::scoped_lock(mutex_);
    for (auto const& e : std::as_const(entries_))
        if (e.manager == manager && e.operation == operation && e.api_version == version &&
            e.subresource == subresource)
            return e;
    auto made = object::managed_fields_entry{};
    made.manager = manager;
    made.operation = operation;
    made.api_version = version;
    made.fields_type = "FieldsV1";
    made.subresource = subresource;
    object::detail::share_lists(object::type_of<object::managed_fields_entry>(), &made);
    if (entries_.size() < most) entries_.push_back(made);
    else entries_[next_entry_++ % most] = made;
    return made;
}

BERTH_DECL auto fields_pool::size() const -> std::size_t {
    auto const lock = std::scoped_lock(mutex_);
    return kept_.size();
}

BERTH_DECL auto fields_pool::sweep() -> void {
    std::erase_if(kept_, [](auto const& kept) { return kept.copies() == 1; });
    most_ = std::max(few, 2 * kept_.size());
}

} // namespace berth::api
