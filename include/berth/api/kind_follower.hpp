#pragma once

/// \file
/// The kinds of a registry, for somebody who does something about each of them, once, also about those that
/// come later.

#include <berth/api/registry.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace berth::api {

/// Follows a registry. For use by one thread.
class kind_follower {
public:
    explicit kind_follower(shared_registry kinds) : kinds_(std::move(kinds)), known_(kinds_.snapshot()) {}

    /// Asks `take(kind const&)` about each kind that is not followed yet, if the registry has changed since
    /// the last look; kinds for which it answers true are followed from then on, and live as long as this.
    template <std::predicate<kind const&> Take> auto look(Take take) -> void {
        if (auto const version = kinds_.version(); std::exchange(seen_, version) == version) return;
        known_ = kinds_.snapshot();
        for (auto const& k : known_->kinds()) {
            if (std::find(types_.begin(), types_.end(), k.type) != types_.end() || !take(k)) continue;
            types_.push_back(k.type);
            kept_.push_back(known_->share(k));
        }
    }

    /// The registry of the last look.
    [[nodiscard]] auto known() const -> registry const& { return *known_; }
    /// The types of the kinds that are followed.
    [[nodiscard]] auto types() const -> std::vector<object::type_info const*> const& { return types_; }
    /// Notified after each change of the registry.
    [[nodiscard]] auto changed() const -> wake_signal& { return kinds_.changed(); }

private:
    shared_registry kinds_;
    registry_snapshot known_;
    std::uint64_t seen_ = 0;
    std::vector<object::type_info const*> types_;
    std::vector<std::shared_ptr<kind const>> kept_;
};

} // namespace berth::api
