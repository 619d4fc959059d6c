/// \file
/// Keep a ledger in a store: transactions, the past, a watch, a lease.
///
/// keep-a-ledger [memory | lmdb:DIR | etcd:URL]

#include "ledger.hpp"

#include <berth/store/any_store.hpp>
#include <berth/store/etcd.hpp>
#include <berth/store/lmdb.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/with_history.hpp>
#include <berth/store/with_prefix.hpp>

#include <iostream>
#include <string>

namespace {

using namespace berth;
using any_store = store::any_store<std::string>;

/// The store that a word on the command line means.
auto open(std::string const& where) -> result<any_store> {
    if (where == "memory") return store::memory<std::string>{};
    if (where.starts_with("lmdb:")) {
        auto opened = store::lmdb::open(where.substr(5));
        if (!opened) return std::unexpected(opened.error());
        return *std::move(opened) | store::with_history({.revisions = 1'000});
    }
    if (where.starts_with("etcd:")) {
        auto connected = store::etcd::connect({.endpoints = {where.substr(5)}});
        if (!connected) return std::unexpected(connected.error());
        return *std::move(connected) | store::with_prefix("ledger/");
    }
    return fail(error_code::bad_request, where + ": a store is memory, lmdb:DIR or etcd:URL");
}

auto tell(any_store& s) -> result<void> {
    auto const before = s.revision();
    auto news =
        s.watch({.key = "account/", .range_end = store::prefix_end("account/"), .want_previous = true});
    if (!news) return std::unexpected(news.error());

    auto opening = ledger::read(s, "ann");
    if (!opening) return std::unexpected(opening.error());
    auto deposit = store::txn<std::string>{};
    ledger::change(deposit, "ann", *opening, 100);
    if (auto done = store::commit_one(s, deposit); !done) return std::unexpected(done.error());
    for (auto const amount : {30, 25, 90}) {
        auto const moved = ledger::transfer(s, "ann", "bob", amount);
        if (!moved) return std::unexpected(moved.error());
        std::cout << "ann to bob: " << amount << (*moved ? "" : ", but she has not so much") << '\n';
    }

    auto const events = news->next();
    if (!events) return std::unexpected(events.error());
    std::cout << "\nwhat a watch saw\n";
    for (auto const& e : *events)
        std::cout << "  +" << e.kv.mod_revision() - before << "  " << e.kv.key() << ": "
                  << (e.previous ? e.previous.value() : "nothing") << " -> " << e.kv.value() << '\n';

    auto const then = store::get(s, "account/ann", before + 1);
    if (!then) return std::unexpected(then.error());
    std::cout << "\nann after the first change: " << then->value() << '\n';

    auto const lease = s.grant({.ttl = 60});
    if (!lease) return std::unexpected(lease.error());
    static_cast<void>(
        store::put(s, store::put_request<std::string>{.key = "teller", .value = "open", .lease = lease->id}));
    static_cast<void>(s.revoke(lease->id));
    auto const teller = store::get(s, "teller");
    std::cout << "the teller's key went with its lease: " << (teller && !*teller ? "yes" : "no") << '\n';
    return {};
}

} // namespace

auto main(int argc, char** argv) -> int {
    auto s = open(argc > 1 ? argv[1] : "memory");
    auto const told = s ? tell(*s) : result<void>{std::unexpected(s.error())};
    if (told) return 0;
    std::cerr << "keep-a-ledger: " << told.error().message << '\n';
    return 1;
}
