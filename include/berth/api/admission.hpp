#pragma once

/// \file
/// The admission chain: plain functions that may change an object on its way in, or refuse it.
///
/// A step runs on the thread of whoever asks, while nothing is locked and no transaction is open, as often as
/// the write must be tried. So it may call out to others and take its time; it then says so (`waits`), and a
/// front that answers many lets other requests pass meanwhile.

#include <berth/api/admission_world.hpp>
#include <berth/api/clock_function.hpp>
#include <berth/api/fwd.hpp>
#include <berth/api/kind.hpp>
#include <berth/api/options.hpp>
#include <berth/core/config.hpp>
#include <berth/core/time.hpp>

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api {

/// How long a write may wait for others while it is admitted, however many these are (apiserver 1.36,
/// `requestTimeoutUpperBound`).
inline constexpr duration longest_admission = seconds(34);

/// What a request is about to do.
struct admission_request {
    /// Posting to an action is `connect`, also where the object is not there: `before` is empty then.
    enum class operation : std::uint8_t { create, update, remove, connect };

    operation op = operation::create;
    kind const& of;
    std::string namespace_;
    std::string name; ///< empty while it is still to be generated
    std::string subresource;
    object::draft* object = nullptr; ///< what is to be written, or the body of an action; null for a deletion
    object::any_object before;       ///< what is there; empty for a creation
    bool dry_run = false;
    std::vector<std::string>& warnings; ///< sentences for the one who asks
    identity const& who;                ///< who asks
    object::revision seen = 0;          ///< of `before`
    registry const* kinds = nullptr;    ///< that are served; null where nobody can say
    std::string_view through = {}; ///< the projection that is written, such as `scale`, of a whole object
    /// Does the mutating steps before the present one once more. For steps with `waits` only; empty
    /// otherwise. Errors: theirs.
    std::function<result<void>()> again = {};
    /// Names of those who were asked about other writes of the batch, and let them wait in vain: steps with
    /// `waits` add to it, and wait for nobody in it. Null: the write is alone.
    std::set<std::string>* silent = nullptr;
    /// Until when steps with `waits` may let the write wait, all of them together, by `clock`. No clock: as
    /// long as they like.
    time_point until = {};
    clock_function const* clock = nullptr;

    /// How long it may still wait. Zero or less: it has waited for too long, and must be refused.
    [[nodiscard]] auto time_left() const -> duration {
        return clock == nullptr ? longest_admission : until - (*clock)();
    }
};

/// The refusal of a request, in the words of Kubernetes: what has no name yet goes by the beginning of the
/// one that it would get.
[[nodiscard]] BERTH_DECL auto refused(admission_request const& r, std::string_view why)
    -> std::unexpected<error>;

/// A step of admission: it may change `object` (before validation), or answer an error, usually `forbidden`.
using admission_step = std::function<result<void>(admission_request&, admission_world const&)>;

/// One link of the chain.
struct admission {
    std::string name;
    admission_step mutate;   ///< before validation; may be empty
    admission_step validate; ///< after it; may be empty
    /// Kinds whose objects the steps look up: the server keeps them at hand, so that a look costs no round
    /// trip to a store elsewhere.
    std::vector<object::resource_name const*> reads = {};
    /// Whether a write of objects of a kind may have to wait now for somebody who is neither the store nor
    /// this process. Asked before each write that a front takes; empty: never.
    std::function<bool(kind const&, admission_world const&)> waits = {};
};

using admission_chain = std::vector<admission>;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/admission.ipp>
#endif
