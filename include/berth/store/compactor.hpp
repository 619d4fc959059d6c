#pragma once

/// \file
/// The component that forgets a store's past by age.

#include <berth/core/step.hpp>
#include <berth/core/time.hpp>
#include <berth/store/types.hpp>

#include <algorithm>
#include <optional>

namespace berth::store {

/// How a `compactor` goes about it.
struct compactor_options {
    duration age = minutes(5); ///< so long what is written can be read and watched again
};

/// Compacts a store regularly, up to where it was `age` ago, as kube-apiserver does with etcd
/// (`--etcd-compaction-interval`): so the past of a store at rest goes, which `with_history` keeps until as
/// much is written again. What was written stays for `age` at least and twice that at most. The store must
/// outlive it. A compaction that fails (somebody else has gone further) is none.
template <class Store> class compactor {
public:
    explicit compactor(Store& store, compactor_options options = {}) : store_(&store), options_(options) {}

    auto step(time_point now) -> wake {
        forgot_ = false;
        if (due_ && now < *due_) return wake::at(*due_);
        if (seen_ > std::max<revision_number>(store_->compacted(), 1))
            forgot_ = store_->compact(seen_).has_value();
        seen_ = store_->revision();
        due_ = now + options_.age;
        return wake::at(*due_);
    }

    /// Whether the last `step` forgot something: the program may give memory back to the system.
    [[nodiscard]] auto forgot() const -> bool { return forgot_; }

private:
    Store* store_;
    compactor_options options_;
    revision_number seen_ = 0; ///< the newest revision at the last look
    std::optional<time_point> due_;
    bool forgot_ = false;
};

} // namespace berth::store
