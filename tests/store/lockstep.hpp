#pragma once

/// \file
/// Several stores that are asked the same and must answer the same, field for field and word for word.

#include "store/calls.hpp"
#include "store/describe.hpp"

#include <berth/store/versioned_store.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace berth::tests {

/// Stores side by side; the first one is what the others are measured by. `complaint` says what was different
/// first.
template <class... Stores> class lockstep {
public:
    explicit lockstep(Stores&... stores) : stores_(stores...) {}

    /// Asks all, and answers what the first one says.
    auto ask_all(request const& r) -> result<answer> {
        ++requests;
        auto said = each([&](auto& s) { return ask(s, r); });
        compare(said, [&] { return describe(r); });
        return std::move(said.front());
    }

    /// Asks all, for the sake of the comparison.
    auto tell_all(request const& r) -> void { static_cast<void>(ask_all(r)); }

    /// A grant of an id that the stores choose: the last one chooses for all, for it may be another process.
    auto grant_any(std::int64_t ttl) -> store::lease_id {
        auto const chosen = std::get<sizeof...(Stores) - 1>(stores_).grant({.ttl = ttl, .id = 0});
        if (!chosen) return 0;
        std::apply(
            [&](auto&... s) {
                auto left = sizeof...(Stores);
                ((--left > 0 ? expect(s.grant({.ttl = ttl, .id = chosen->id}) == chosen, "a chosen id")
                             : void()),
                 ...);
            },
            stores_);
        return chosen->id;
    }

    /// Commits a batch everywhere.
    auto commit_all(std::vector<text_txn> const& batch) -> void {
        requests += batch.size();
        auto const said = each([&](auto& s) { return s.commit(batch); });
        for (std::size_t i = 0; i < batch.size() && complaint.empty(); ++i) {
            auto one = std::vector<result<answer>>{};
            for (auto const& batch_of_one : said) {
                if (batch_of_one.size() != batch.size()) return complain("a batch's answer has another size");
                one.push_back(as_answer(batch_of_one[i]));
            }
            compare(one, [&] { return "in a batch: " + describe(batch[i]); });
        }
    }

    /// Opens a watch everywhere. A store may also refuse at the first look.
    auto watch_all(store::watch_request const& w) -> void {
        ++requests;
        std::apply([&](auto&... s) { watches_.push_back(followed{w, {s.watch(w)...}}); }, stores_);
        pull_all(watches_.size() - 1);
    }
    [[nodiscard]] auto watch_count() const -> std::size_t { return watches_.size(); }
    auto close_watch(std::size_t index) -> void {
        watches_.erase(watches_.begin() + static_cast<std::ptrdiff_t>(index));
    }

    /// Pulls all that a watch has everywhere, and compares it.
    auto pull_all(std::size_t index) -> void {
        auto& w = watches_[index];
        auto const now = std::get<0>(stores_).revision();
        auto seen = std::vector<story>{};
        std::apply([&](auto&... c) { (seen.push_back(drain(c, now)), ...); }, w.cursors);
        auto const compacted = std::get<0>(stores_).compacted();
        for (std::size_t i = 1; i < seen.size() && complaint.empty(); ++i) {
            if (is_same(seen.front(), seen[i], compacted)) continue;
            complain(describe(w.asked) + "\n  tells " + text_of(seen.front()) + "\n  but store " +
                     std::to_string(i) + " tells " + text_of(seen[i]));
        }
    }

    /// Compares everything that can be seen of some revisions, and of all leases.
    auto compare_state(std::vector<store::revision_number> const& revisions) -> void {
        for (auto const at : revisions) {
            tell_all(store::range_request{.key = std::string{store::smallest_key},
                                          .range_end = std::string{store::unbounded},
                                          .revision = at});
        }
        auto const leases = ask_all(leases_call{});
        if (!leases) return;
        auto const ids = std::get<std::vector<store::lease_id>>(*leases);
        for (auto const id : ids) tell_all(time_to_live_call{.id = id});
    }

    [[nodiscard]] auto first() -> auto& { return std::get<0>(stores_); }

    std::size_t requests = 0;
    std::string complaint{};

private:
    /// What a watch told until it had nothing more to tell.
    struct story {
        std::vector<store::event<std::string>> events{};
        store::revision_number progress = 0;
        std::optional<error> end{};
    };
    struct followed {
        store::watch_request asked;
        std::tuple<result<typename Stores::cursor>...> cursors;
    };

    template <class F> auto each(F f) {
        return std::apply([&](auto&... s) { return std::vector{f(s)...}; }, stores_);
    }
    auto complain(std::string text) -> void {
        if (complaint.empty()) complaint = std::move(text);
    }
    auto expect(bool holds, std::string_view what) -> void {
        if (!holds) complain(std::string{what} + " is another one");
    }

    template <class Describe> auto compare(std::vector<result<answer>> const& said, Describe what) -> void {
        for (std::size_t i = 1; i < said.size() && complaint.empty(); ++i) {
            auto const& a = said.front();
            auto const& b = said[i];
            auto const same = a && b ? *a == *b
                                     : a.has_value() == b.has_value() && a.error().code == b.error().code &&
                                           a.error().message == b.error().message;
            if (same) continue;
            complain(what() + "\n  says " + describe(a) + "\n  but store " + std::to_string(i) + " says " +
                     describe(b));
        }
    }

    /// A store in another process may be late: it is asked until it has come as far as the first one.
    template <class Cursor> static auto drain(result<Cursor>& c, store::revision_number until) -> story {
        auto out = story{};
        if (!c) {
            out.end = c.error();
            return out;
        }
        auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        for (;;) {
            auto seen = c->next();
            out.progress = c->progress();
            if (!seen) {
                out.end = std::move(seen.error());
                return out;
            }
            out.events.insert(out.events.end(), seen->begin(), seen->end());
            if (!seen->empty()) continue;
            if (out.progress >= until || std::chrono::steady_clock::now() > deadline) return out;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }

    /// The same, but that pairs before the compacted revision may be forgotten, and that it does not matter
    /// how far a watch came that broke off.
    [[nodiscard]] static auto is_same(story const& a, story const& b, store::revision_number compacted)
        -> bool {
        if (a.end.has_value() != b.end.has_value()) return false;
        if (a.end && (a.end->code != b.end->code || a.end->message != b.end->message)) return false;
        if (!a.end && a.progress != b.progress) return false;
        return std::equal(
            a.events.begin(), a.events.end(), b.events.begin(), b.events.end(),
            [&](auto const& x, auto const& y) {
                auto const forgotten = x.kv.mod_revision() <= compacted && (!x.previous || !y.previous);
                return x.type == y.type && x.kv == y.kv && (forgotten || x.previous == y.previous);
            });
    }
    [[nodiscard]] static auto text_of(story const& s) -> std::string {
        auto out = describe(s.events) + " up to " + std::to_string(s.progress);
        if (s.end) out += ", and ends: " + s.end->message;
        return out;
    }

    std::tuple<Stores&...> stores_;
    std::vector<followed> watches_{};
};

} // namespace berth::tests
