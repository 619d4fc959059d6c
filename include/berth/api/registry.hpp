#pragma once

/// \file
/// The kinds that a server knows: a value, and a place where it is replaced as a whole.

#include <berth/api/kind.hpp>
#include <berth/core/assert.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/step.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::api {

/// The kinds of a registry, one after the other.
class kind_range {
public:
    class iterator {
    public:
        using value_type = kind;
        using difference_type = std::ptrdiff_t;

        iterator() = default;
        explicit iterator(std::shared_ptr<kind const> const* at) : at_(at) {}
        auto operator*() const -> kind const& { return **at_; }
        auto operator->() const -> kind const* { return at_->get(); }
        auto operator++() -> iterator& {
            ++at_;
            return *this;
        }
        auto operator++(int) -> iterator { return iterator(at_++); }
        friend auto operator==(iterator, iterator) -> bool = default;

    private:
        std::shared_ptr<kind const> const* at_ = nullptr;
    };

    explicit kind_range(std::span<std::shared_ptr<kind const> const> kinds) : kinds_(kinds) {}
    [[nodiscard]] auto begin() const -> iterator { return iterator(kinds_.data()); }
    [[nodiscard]] auto end() const -> iterator { return iterator(kinds_.data() + kinds_.size()); }
    [[nodiscard]] auto size() const -> std::size_t { return kinds_.size(); }

private:
    std::span<std::shared_ptr<kind const> const> kinds_;
};

/// The kinds of an API, found by their plural name, their kind, or their type. A value: copies share the
/// descriptions, which keep their address as long as a registry has them.
class registry {
public:
    /// Adds a kind, which must not be there yet (a program that adds one twice is stopped): use `replace` to
    /// describe a kind anew.
    auto add(kind k) -> registry&;

    /// Adds a kind, in place of the one of this group, version and plural if there is one.
    auto replace(kind k) -> registry&;

    /// Takes a kind out; whether it was there.
    auto remove(object::resource_name const& r) -> bool;

    /// All kinds in the order in which they were added.
    [[nodiscard]] auto kinds() const -> kind_range { return kind_range(kinds_); }

    /// The kind with this plural name, or null.
    [[nodiscard]] auto find(std::string_view group, std::string_view version, std::string_view plural) const
        -> kind const*;
    [[nodiscard]] auto find(object::resource_name const& r) const -> kind const*;
    /// The same, to be kept longer than the registry; null for a kind that is not in it.
    [[nodiscard]] auto share(kind const& k) const -> std::shared_ptr<kind const>;
    /// The kind with this `kind`, or null.
    [[nodiscard]] auto find_kind(std::string_view group, std::string_view version,
                                 std::string_view name) const -> kind const*;
    /// Whether some kind is in this group (and version, unless empty).
    [[nodiscard]] auto has_group(std::string_view group, std::string_view version = {}) const -> bool;

private:
    static auto same_place(object::resource_name const& a, object::resource_name const& b) -> bool {
        return a.plural == b.plural && a.group == b.group && a.version == b.version;
    }

    std::vector<std::shared_ptr<kind const>> kinds_;
};

/// A registry at a moment. What was found in it lives as long as the handle.
using registry_snapshot = std::shared_ptr<registry const>;

/// Where the present registry of an API is: replaced as a whole, and whoever follows it is told. A handle;
/// copies are about the same registry. All members are safe to call from several threads at once.
class shared_registry {
public:
    shared_registry(registry kinds) // NOLINT(google-explicit-constructor): a server takes either
        : state_(std::make_shared<state>(std::move(kinds))) {}

    /// The present kinds. Requests look at one snapshot from their beginning to their end.
    [[nodiscard]] auto snapshot() const -> registry_snapshot;
    /// Counts the changes, from 1 on.
    [[nodiscard]] auto version() const -> std::uint64_t;
    /// Puts another registry in the place of the present one.
    auto replace(registry kinds) const -> void;
    /// Changes the registry by `f(registry&)`, of which there is one at a time.
    template <class F> auto change(F f) const -> void {
        auto const one = std::scoped_lock(state_->writers);
        auto next = *snapshot();
        f(next);
        replace(std::move(next));
    }
    /// Notified after each change.
    [[nodiscard]] auto changed() const -> wake_signal& { return state_->changed; }

private:
    struct state {
        explicit state(registry kinds) : now(std::make_shared<registry const>(std::move(kinds))) {}

        std::mutex mutex;
        std::mutex writers;
        registry_snapshot now;
        std::uint64_t version = 1;
        wake_signal changed;
    };

    std::shared_ptr<state> state_;
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/registry.ipp>
#endif
