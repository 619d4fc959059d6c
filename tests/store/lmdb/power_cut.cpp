/// \file
/// The power fails while a durable store works, and what was not synced is lost, in part: what was
/// acknowledged is there when the store is opened again, and nothing is there by half.

#include "disk.hpp"
#include "folder.hpp"
#include "ledger.hpp"

#include <berth/store/lmdb.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace berth;
using tests::disk;
using tests::folder;
using tests::ledger;

namespace {

constexpr auto small = store::lmdb_options{.map_bytes = std::size_t{64} << 10U}; ///< so that it has to grow

/// What is known of the store of a directory while several threads work with it.
class scene {
public:
    scene(std::size_t workers, std::uint64_t seed) : book_(workers, seed), unanswered_(workers) {}

    /// A worker does its next step. What fails is said to `complaints`.
    auto go_on(store::lmdb& s, std::size_t who) -> void {
        auto todo = tests::step{};
        {
            auto const lock = std::scoped_lock(mutex_);
            todo = book_.workers()[who].next();
            unanswered_[who] = todo;
        }
        auto const done = tests::perform(s, todo);
        auto const lock = std::scoped_lock(mutex_);
        if (done) book_.acknowledge(who, todo, *done);
        else complaint_ = done.error().message;
        unanswered_[who].reset();
    }

    /// Cuts the power of a directory now, and opens what is left of it.
    auto cut(std::string const& path, std::uint64_t luck) -> void {
        auto book = ledger{0, 0};
        auto unanswered = std::vector<std::optional<tests::step>>{};
        {
            auto const lock = std::scoped_lock(mutex_);
            book = book_;
            unanswered = unanswered_;
        }
        auto const away = folder{};
        disk::cut_power(path, away / "store", luck);
        auto wrong = std::string{};
        {
            auto s = store::lmdb::open(away / "store", small);
            wrong = s ? book.settle(*s, unanswered) : s.error().message;
            if (wrong.empty() && cuts_ % 8 == 0) wrong = go_on(*s);
        }
        auto const lock = std::scoped_lock(mutex_);
        ++cuts_;
        if (!wrong.empty() && complaint_.empty())
            complaint_ = "cut " + std::to_string(cuts_) + ", luck " + std::to_string(luck) + ": " + wrong;
    }

    [[nodiscard]] auto complaint() const -> std::string const& { return complaint_; }
    [[nodiscard]] auto cuts() const -> int { return cuts_; }

private:
    /// The store works, and gives space back.
    static auto go_on(store::lmdb& s) -> std::string {
        auto const done = store::put(s, "again", std::string(5'000, 'x'));
        if (!done) return done.error().message;
        auto const freed = s.compact(done->revision);
        if (!freed) return freed.error().message;
        auto const last = store::put(s, "again", "y");
        return last ? std::string{} : last.error().message;
    }

    std::mutex mutex_;
    ledger book_;
    std::vector<std::optional<tests::step>> unanswered_;
    std::string complaint_;
    int cuts_ = 0;
};

} // namespace

TEST_CASE("whenever the power fails, what was acknowledged is there", "[store][crash]") {
    for (auto seed = std::uint64_t{1}; seed <= 3; ++seed) {
        auto const home = folder{};
        auto const path = home / "store";
        auto s = scene{1, seed};
        auto draw = berth::random{seed};
        auto const listening = disk{[&](auto const&) {
            for (auto luck = std::uint64_t{0}; luck < 5; ++luck) s.cut(path, luck < 2 ? luck : draw());
            return tests::disk_fate{};
        }};
        for (auto lives = 0; lives < 3; ++lives) {
            auto opened = store::lmdb::open(path, small).value();
            for (auto i = 0; i < 20; ++i) s.go_on(opened, 0);
        }
        INFO("seed " << seed << ", " << s.cuts() << " cuts");
        CHECK(s.complaint() == "");
    }
}

TEST_CASE("whenever the power fails under many threads, what was acknowledged is there",
          "[store][crash][threads]") {
    for (auto seed = std::uint64_t{1}; seed <= 4; ++seed) {
        auto const home = folder{};
        auto const path = home / "store";
        auto s = scene{4, seed};
        auto draw = berth::random{seed};
        auto const listening = disk{[&](auto const&) {
            if (draw.below(10) == 0) s.cut(path, draw());
            return tests::disk_fate{};
        }};
        for (auto lives = 0; lives < 3; ++lives) {
            auto opened = store::lmdb::open(path, small).value();
            auto threads = std::vector<std::jthread>{};
            for (std::size_t who = 0; who < 4; ++who)
                threads.emplace_back([&, who] {
                    for (auto i = 0; i < 60; ++i) s.go_on(opened, who);
                });
        }
        INFO("seed " << seed << ", " << s.cuts() << " cuts");
        CHECK(s.complaint() == "");
    }
}
