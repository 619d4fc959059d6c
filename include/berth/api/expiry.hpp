#pragma once

/// \file
/// Objects that go by themselves: on leases of the store (kubernetes 1.36,
/// `apiserver/pkg/storage/etcd3/lease_manager.go`).

#include <berth/api/clock_function.hpp>
#include <berth/api/object_store.hpp>
#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/object/any_object.hpp>
#include <berth/store/lease.hpp>

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

namespace berth::api {

/// How long objects of a kind stay after they were last written.
struct lifetime {
    object::resource_name const* kept_as = nullptr; ///< under which name the kind is stored
    duration stay = minutes(60);                    ///< 0: for ever; counted in whole seconds
};

/// The leases on which objects hang that are to go. Many share one: it outlives what is written first by at
/// most a twentieth, or a minute. Safe to call from several threads.
class expiry_leases {
public:
    explicit expiry_leases(std::vector<lifetime> kinds, clock_function now);

    /// Whether objects that are stored under a name go by themselves.
    [[nodiscard]] auto governs(object::resource_name const& kept_as) const -> bool;

    /// The lease for an object that is written now; 0 if it stays. Asks the store for a new one now and then.
    /// Errors: those of the store.
    auto lease_for(object_store& in, object::resource_name const& kept_as) -> result<store::lease_id>;

    /// The store does not know the lease (any more).
    auto forget(store::lease_id id) -> void;

private:
    /// A lease with more keys costs too much when it ends.
    static constexpr std::size_t most_keys = 1000;

    struct shared_lease {
        lifetime of;
        store::lease_id id = 0;
        time_point until = {}; ///< when the next one is due
        std::size_t keys = 0;
    };

    template <class Leases> static auto find(Leases& in, object::resource_name const& kept_as) {
        return std::find_if(in.begin(), in.end(), [&](auto const& l) { return *l.of.kept_as == kept_as; });
    }

    clock_function now_;
    std::mutex mutex_;
    std::vector<shared_lease> leases_; ///< one for each kind; which kinds never changes
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/expiry.ipp>
#endif
