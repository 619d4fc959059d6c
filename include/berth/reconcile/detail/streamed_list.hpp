#pragma once

/// \file
/// A list that a watch tells, object by object, until it says that this was all.

#include <berth/api/options.hpp>
#include <berth/reconcile/detail/flat_index.hpp>
#include <berth/reconcile/detail/hash.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace berth::reconcile::detail {

/// Collects what is there. Of an object that is told more than once the last state counts.
class streamed_list {
public:
    /// Takes an event; `left`: what of its object is to be kept, empty if nothing is.
    auto take(api::watch_event const& e, object::object_ref left) -> void {
        if (!e.object) return;
        auto const& m = e.object.object.metadata();
        auto const hash = hash_name(m.namespace_, m.name);
        auto const at = names_.find(hash, [&](auto i) {
            auto const& known = items_[i].object.metadata();
            return known.name == m.name && known.namespace_ == m.namespace_;
        });
        auto const ends = e.type == api::watch_event::kind::deleted || !left;
        if (at == nowhere && ends) return;
        if (at == nowhere) {
            names_.insert(hash, static_cast<std::uint32_t>(items_.size()));
            items_.push_back(std::move(left));
        } else if (!ends) {
            items_[at] = std::move(left);
        } else {
            names_.erase(hash, at);
            items_[at] = {};
        }
    }

    /// All that is there, in the order in which it came; nothing is left here.
    auto finish() -> std::vector<object::object_ref> {
        std::erase_if(items_, [](auto const& o) { return !o; });
        names_ = {};
        return std::exchange(items_, {});
    }

private:
    std::vector<object::object_ref> items_;
    flat_index names_;
};

} // namespace berth::reconcile::detail
