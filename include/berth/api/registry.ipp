#pragma once

/// \file
/// The bodies of `berth/api/registry.hpp`.

#include <berth/api/registry.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL auto registry::add(kind k) -> registry& {
    BERTH_ASSERT_ABOUT(find(*k.resource) == nullptr,
                       "registry::add: this kind is there already; leave out one of the two, or call "
                       "registry::replace: ",
                       std::string(k.resource->plural).c_str());
    return replace(std::move(k));
}

BERTH_DECL auto registry::replace(kind k) -> registry& {
    auto made = std::make_shared<kind const>(std::move(k));
    for (auto& there : kinds_)
        if (same_place(*there->resource, *made->resource)) {
            there = std::move(made);
            return *this;
        }
    kinds_.push_back(std::move(made));
    return *this;
}

BERTH_DECL auto registry::remove(object::resource_name const& r) -> bool {
    return std::erase_if(kinds_, [&](auto const& k) { return same_place(*k->resource, r); }) != 0;
}

BERTH_DECL auto registry::find(std::string_view group, std::string_view version,
                               std::string_view plural) const -> kind const* {
    for (auto const& k : kinds_)
        if (k->resource->plural == plural && k->resource->group == group && k->resource->version == version)
            return k.get();
    return nullptr;
}

BERTH_DECL auto registry::find(object::resource_name const& r) const -> kind const* {
    for (auto const& k : kinds_)
        if (k->resource == &r) return k.get();
    return find(r.group, r.version, r.plural);
}

BERTH_DECL auto registry::share(kind const& k) const -> std::shared_ptr<kind const> {
    for (auto const& known : kinds_)
        if (known.get() == &k) return known;
    return nullptr;
}

BERTH_DECL auto registry::find_kind(std::string_view group, std::string_view version,
                                    std::string_view name) const -> kind const* {
    for (auto const& k : kinds_)
        if (k->resource->kind == name && k->resource->group == group && k->resource->version == version)
            return k.get();
    return nullptr;
}

BERTH_DECL auto registry::has_group(std::string_view group, std::string_view version) const -> bool {
    for (auto const& k : kinds_)
        if (k->resource->group == group && (version.empty() || k->resource->version == version)) return true;
    return false;
}

BERTH_DECL auto shared_registry::snapshot() const -> registry_snapshot {
    auto const lock = std::scoped_lock(state_->mutex);
    return state_->now;
}

BERTH_DECL auto shared_registry::version() const -> std::uint64_t {
    auto const lock = std::scoped_lock(state_->mutex);
    return state_->version;
}

BERTH_DECL auto shared_registry::replace(registry kinds) const -> void {
    auto made = std::make_shared<registry const>(std::move(kinds));
    {
        auto const lock = std::scoped_lock(state_->mutex);
        state_->now.swap(made);
        ++state_->version;
    }
    state_->changed.notify();
}

} // namespace berth::api
