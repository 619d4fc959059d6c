#pragma once

/// \file
/// The kinds that a server knows.

#include <berth/api/kind.hpp>

#include <deque>
#include <span>
#include <string_view>

namespace berth::api {

/// The kinds of an API, found by their plural name, their kind, or their type. Kinds keep their address.
class registry {
public:
    registry() = default;
    registry(registry const&) = delete;
    auto operator=(registry const&) -> registry& = delete;
    registry(registry&&) = default;
    auto operator=(registry&&) -> registry& = default;

    /// Adds a kind. A second one of the same name is a programming error and replaces nothing.
    auto add(kind k) -> registry& {
        if (find(k.resource->group, k.resource->version, k.resource->plural) == nullptr)
            kinds_.push_back(std::move(k));
        return *this;
    }
    template <object::kind_type T> auto add(kind_of<T> description) -> registry& {
        return add(make_kind<T>(std::move(description)));
    }

    [[nodiscard]] auto kinds() const -> std::deque<kind> const& { return kinds_; }

    /// The kind with this plural name, or null.
    [[nodiscard]] auto find(std::string_view group, std::string_view version, std::string_view plural) const
        -> kind const* {
        for (auto const& k : kinds_)
            if (k.resource->plural == plural && k.resource->group == group && k.resource->version == version)
                return &k;
        return nullptr;
    }
    [[nodiscard]] auto find(object::resource_name const& r) const -> kind const* {
        for (auto const& k : kinds_)
            if (k.resource == &r) return &k;
        return find(r.group, r.version, r.plural);
    }
    /// The kind with this `kind`, or null.
    [[nodiscard]] auto find_kind(std::string_view group, std::string_view version,
                                 std::string_view name) const -> kind const* {
        for (auto const& k : kinds_)
            if (k.resource->kind == name && k.resource->group == group && k.resource->version == version)
                return &k;
        return nullptr;
    }
    /// Whether some kind is in this group (and version, unless empty).
    [[nodiscard]] auto has_group(std::string_view group, std::string_view version = {}) const -> bool {
        for (auto const& k : kinds_)
            if (k.resource->group == group && (version.empty() || k.resource->version == version))
                return true;
        return false;
    }

private:
    std::deque<kind> kinds_;
};

} // namespace berth::api
