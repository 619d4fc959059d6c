/// \file
/// A store on a real etcd obeys the laws of a versioned store.

#include "../judge.hpp"
#include "server.hpp"

#include <berth/store/etcd.hpp>
#include <berth/store/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>
#include <string_view>

using namespace berth;
using namespace berth::store::testing;
namespace laws = berth::store::laws;
using harbour::judge;

namespace {

/// A store on a server of its own, which is fresh. One store at a time.
struct fresh_etcd {
    store::etcd_options options{};
    std::shared_ptr<etcd_supply> supply = std::make_shared<etcd_supply>();
    std::shared_ptr<std::unique_ptr<etcd_server>> server = std::make_shared<std::unique_ptr<etcd_server>>();

    [[nodiscard]] auto make() const -> store::etcd {
        *server = supply->take();
        auto with_server = options;
        with_server.endpoints = {(*server)->url()};
        return store::etcd::connect(std::move(with_server)).value();
    }
    [[nodiscard]] auto value(std::string_view text) const -> std::string { return std::string{text}; }
};

} // namespace

TEST_CASE("a store on etcd is a versioned store", "[store][etcd][laws]") {
    laws::sequential(fresh_etcd{}, judge, {.histories = 3, .steps = 60, .depth = 2});
}

TEST_CASE("a store on etcd is one for many threads", "[store][etcd][laws][threads]") {
    laws::concurrency(fresh_etcd{}, judge, {.writers = 3, .watchers = 3, .writes = 100});
}
