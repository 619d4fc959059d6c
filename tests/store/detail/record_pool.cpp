/// \file
/// Records of a pool may die anywhere, in any order, on any thread, and after their store.

#include <berth/store/detail/record_pool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace berth::store::detail;

namespace {

/// Counts how many of its kind there are.
struct counted {
    std::shared_ptr<int> count{};
};

using pool = record_pool<counted>;

struct refuses_to_move {
    bool armed = false;
    refuses_to_move() = default;
    explicit refuses_to_move(bool a) : armed(a) {}
    refuses_to_move(refuses_to_move const& other) : armed(other.armed) {
        if (armed) throw std::runtime_error("no");
    }
};

} // namespace

TEST_CASE("records of a pool are made, dropped and made again in the same memory", "[store]") {
    auto const count = std::make_shared<int>(0);
    auto* const key = key_text<counted>::make("key");
    auto owner = pool::make_owner();
    for (auto round = 0; round < 5; ++round) {
        auto made = std::vector<record<counted>*>{};
        for (auto i = 0; i < 1'000; ++i) {
            made.push_back(owner->make(*key, {.mod = i, .lease = i % 100 == 0 ? 7 : 0}, {count}));
            CHECK(made.back()->lease() == (i % 100 == 0 ? 7 : 0));
        }
        CHECK(count.use_count() == 1'001);
        for (auto i = 0; i < 1'000; ++i) {
            auto& r = *made[static_cast<std::size_t>(i * 7 % 1'000)];
            CHECK(r.mod == i * 7 % 1'000);
            i % 3 == 0 ? r.release() : owner->drop(r);
        }
        CHECK(count.use_count() == 1);
        owner->collect();
    }
    key->release();
}

TEST_CASE("a record that cannot be made leaves its place free", "[store]") {
    auto* const key = key_text<refuses_to_move>::make("key");
    auto owner = record_pool<refuses_to_move>::make_owner();
    CHECK_THROWS_AS(owner->make(*key, {}, refuses_to_move{true}), std::runtime_error);
    auto* const r = owner->make(*key, {}, refuses_to_move{});
    CHECK(r->key->references == 2);
    owner->drop(*r);
    CHECK(key->references == 1);
    key->release();
}

TEST_CASE("records outlive the pool's owner, and threads may give them back while it works",
          "[store][threads]") {
    auto const count = std::make_shared<int>(0);
    auto* const key = key_text<counted>::make("key");
    auto readers = std::vector<std::jthread>{};
    {
        auto owner = pool::make_owner();
        for (auto reader = 0; reader < 3; ++reader) {
            auto held = std::vector<record<counted>*>{};
            for (auto i = 0; i < 700; ++i) held.push_back(owner->make(*key, {.mod = i}, {count}));
            readers.emplace_back([held] {
                for (auto* r : held) r->release();
            });
            for (auto i = 0; i < 500; ++i) owner->drop(*owner->make(*key, {.mod = i}, {count}));
        }
    }
    readers.clear();
    CHECK(count.use_count() == 1);
    CHECK(key->references == 1);
    key->release();
}
