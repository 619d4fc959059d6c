/// \file
/// Opens the store. The one unit that knows which stores there are.

#include "store.hpp"

#include "seed.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/value_codec.hpp>
#include <berth/core/threads.hpp>
#include <berth/store/compactor.hpp>
#include <berth/store/etcd.hpp>
#include <berth/store/lessor.hpp>
#include <berth/store/lmdb.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/with_history.hpp>

#include <malloc.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace plane {

namespace {

using berth::object::any_object;
using durable = berth::store::basic_lmdb<any_object, berth::api::object_codec>;
using distributed = berth::store::basic_etcd<any_object, berth::api::object_codec>;

/// `lmdb:DIR` as the pair of what stands before and behind the colon.
auto split(std::string const& where) -> std::pair<std::string, std::string> {
    auto const colon = where.find(':');
    if (colon == std::string::npos) return {where, {}};
    return {where.substr(0, colon), where.substr(colon + 1)};
}

auto parts_of(std::string const& list) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (std::size_t begin = 0; begin <= list.size();) {
        auto const end = std::min(list.find(',', begin), list.size());
        out.push_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

/// What a store of this process needs: its leases must be ended, and its past be forgotten.
class keeper {
public:
    explicit keeper(object_store& objects) : leases_(objects), past_(objects) {}

    auto on_wake(berth::waker w) -> void { leases_.on_wake(w); }
    auto step(berth::time_point now) -> berth::wake {
        auto const next = berth::sooner(leases_.step(now), past_.step(now));
#if defined(__GLIBC__)
        if (past_.forgot()) ::malloc_trim(0);
#endif
        return next;
    }

private:
    berth::store::lessor<object_store> leases_;
    berth::store::compactor<object_store> past_;
};

/// A store of this process: keeps a part of its history.
template <class Store> auto local(Store store, store_options const& o) -> opened_store {
    auto tend = [](object_store& objects, std::stop_token stop) {
        auto keeps = keeper(objects);
        berth::run_on_threads(std::move(stop), keeps);
    };
    return {std::move(store) | berth::store::with_history({.revisions = o.history}), tend, false};
}

auto memory_options() -> berth::store::memory_options {
    auto out = berth::store::memory_options();
    out.seed = random_seed();
    return out;
}

auto in_etcd(store_options const& o, std::string const& urls, berth::api::shared_registry const& kinds)
    -> berth::result<opened_store> {
    auto options = berth::store::etcd_options();
    options.endpoints = parts_of(urls);
    options.batching = berth::store::etcd_batching::merged;
    options.tls = {o.etcd_ca, o.etcd_cert, o.etcd_key};
    std::tie(options.user, options.password) = split(o.etcd_user);
    auto connected = distributed::connect(std::move(options), berth::api::object_codec(kinds));
    if (!connected) return std::unexpected(std::move(connected).error());
    auto tend = [reader = *connected](object_store& /*objects*/, std::stop_token const& stop) mutable {
        reader.run(stop);
    };
    return opened_store{*std::move(connected), std::move(tend), true};
}

} // namespace

auto complaint_about_store(std::string const& where) -> std::string {
    auto const [kind, rest] = split(where);
    if (kind == "memory" && rest.empty()) return {};
    if (kind == "lmdb" || kind == "etcd")
        return rest.empty() ? where + ": what follows the colon is missing" : std::string();
    return where + ": a store is memory, lmdb:DIR or etcd:URL[,URL...]";
}

auto open_store(store_options const& o, berth::api::shared_registry const& kinds)
    -> berth::result<opened_store> {
    if (auto why = complaint_about_store(o.where); !why.empty())
        return berth::fail(berth::error_code::bad_request, std::move(why));
    auto const [kind, rest] = split(o.where);
    if (kind == "etcd") return in_etcd(o, rest, kinds);
    if (kind == "memory") return local(berth::api::memory_store(memory_options()), o);
    auto opened = durable::open(rest, {.memory = memory_options()}, berth::api::object_codec(kinds));
    if (!opened) return std::unexpected(std::move(opened).error());
    return local(*std::move(opened), o);
}

} // namespace plane
