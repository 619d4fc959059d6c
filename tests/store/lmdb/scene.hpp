#pragma once

/// \file
/// A durable store, those who work with it on a bad disk, and what is known of it.

#include "disk.hpp"
#include "maker.hpp"
#include "ledger.hpp"

#include <berth/store/lmdb.hpp>

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace berth::tests {

/// A small map, so that it has to grow.
inline constexpr auto small = store::lmdb_options{.map_bytes = std::size_t{64} << 10U};

/// Workers and the ledger of what they were answered. Members may be called by several threads at once. What
/// is wrong is kept: the first `complaint()`.
class scene {
public:
    scene(std::size_t workers, std::uint64_t seed) : book_(workers, seed), unanswered_(workers) {}

    /// A worker does its next step. False if the store refused it and must be opened anew. A step that was
    /// refused was not done; one whose outcome is said to be unknown is kept until `settle`, and so is a
    /// compaction that was refused, since a part of it may be done.
    auto go_on(store::lmdb& s, std::size_t who) -> bool {
        auto todo = step{};
        {
            auto const lock = std::scoped_lock(mutex_);
            if (unanswered_[who]) return false;
            todo = book_.workers()[who].next();
            unanswered_[who] = todo;
        }
        auto const done = perform(s, todo);
        auto const lock = std::scoped_lock(mutex_);
        if (done) {
            book_.acknowledge(who, todo, *done);
            unanswered_[who].reset();
            return true;
        }
        ++refusals_;
        auto const code = done.error().code;
        if (code != error_code::unavailable && code != error_code::timeout)
            complain(done.error().message + " is no refusal of a disk");
        if (todo.kind == step::what::compact) compactions_.emplace_back(todo);
        else if (code == error_code::timeout) return false;
        unanswered_[who].reset();
        return code != error_code::timeout &&
               done.error().message.find("open the store anew") == std::string::npos;
    }

    /// Holds a store that was opened again against what is known, and notes what came of the unanswered.
    auto settle(store::lmdb const& s) -> void {
        auto const lock = std::scoped_lock(mutex_);
        complain(book_.settle(s, everything_unanswered()));
        unanswered_.assign(unanswered_.size(), std::nullopt);
        compactions_.clear();
    }
    /// Holds a store that is open against what is known: what is unanswered is not there.
    auto look(store::lmdb const& s) -> void {
        auto const lock = std::scoped_lock(mutex_);
        auto copy = book_;
        complain(copy.settle(s, compactions_));
    }

    /// Cuts the power of a directory now, and opens what is left of it.
    auto cut(std::string const& path, std::uint64_t luck) -> void {
        auto book = ledger{0, 0};
        auto unanswered = std::vector<std::optional<step>>{};
        {
            auto const lock = std::scoped_lock(mutex_);
            book = book_;
            unanswered = everything_unanswered();
        }
        auto const away = folder{};
        disk::cut_power(path, away / "store", luck);
        auto wrong = std::string{};
        {
            auto s = store::lmdb::open(away / "store", small);
            wrong = s ? book.settle(*s, unanswered) : s.error().message;
            if (wrong.empty() && cuts_ % 8 == 0) wrong = use(*s);
        }
        auto const lock = std::scoped_lock(mutex_);
        ++cuts_;
        if (!wrong.empty())
            complain("cut " + std::to_string(cuts_) + ", luck " + std::to_string(luck) + ": " + wrong);
    }

    auto complain(std::string const& what) -> void {
        if (complaint_.empty()) complaint_ = what;
    }
    [[nodiscard]] auto complaint() const -> std::string const& { return complaint_; }
    [[nodiscard]] auto cuts() const -> int { return cuts_; }
    [[nodiscard]] auto refusals() const -> int { return refusals_; }

private:
    /// The store works, and gives space back.
    static auto use(store::lmdb& s) -> std::string {
        auto const done = store::put(s, "again", std::string(5'000, 'x'));
        if (!done) return done.error().message;
        auto const freed = s.compact(done->revision);
        if (!freed) return freed.error().message;
        auto const last = store::put(s, "again", "y");
        return last ? std::string{} : last.error().message;
    }

    /// Compactions come behind the steps of the workers, in no worker's place.
    [[nodiscard]] auto everything_unanswered() const -> std::vector<std::optional<step>> {
        auto out = unanswered_;
        out.insert(out.end(), compactions_.begin(), compactions_.end());
        return out;
    }

    std::mutex mutex_;
    ledger book_;
    std::vector<std::optional<step>> unanswered_;  ///< of each worker
    std::vector<std::optional<step>> compactions_; ///< that failed
    std::string complaint_;
    int cuts_ = 0;
    int refusals_ = 0;
};

} // namespace berth::tests
