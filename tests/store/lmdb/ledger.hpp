#pragma once

/// \file
/// The judge of tests that break stores: workers whose every step follows from a seed, and a ledger of what
/// was acknowledged to them. Held against a store that was opened again it says what was lost, what is there
/// by half, and what nobody wrote.

#include <berth/core/random.hpp>
#include <berth/store/laws.hpp>
#include <berth/store/operations.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::tests {

/// A key's new value, or its deletion.
struct change {
    std::string key;
    std::optional<std::string> value{};
    store::lease_id lease = 0;

    friend auto operator==(change const&, change const&) -> bool = default;
};
using changes = std::vector<change>; ///< of one revision

/// What a worker asks of the store at once.
struct step {
    enum class what : std::uint8_t { write, erase_all, grant, revoke, compact };

    what kind = what::write;
    std::vector<changes> revisions{}; ///< several: a batch
    store::lease_id lease = 0;
    std::int64_t ttl = 0;
    store::revision_number compact_at = 0;
};

/// Draws steps on keys and leases of its own. The next step follows from the seed and from what came of the
/// ones before, so that whoever knows the outcomes can repeat it.
class worker {
public:
    worker(int number, std::uint64_t seed) : number_(number), draw_(seed) {}

    [[nodiscard]] auto next() -> step {
        ++serial_;
        auto const dice = draw_.below(100);
        if (dice < 12 && !keys_.empty()) return {.revisions = {{{.key = some_key()}}}};
        if (dice < 16 && !erasable().empty())
            return {.kind = step::what::erase_all, .revisions = {erasable()}};
        if (dice < 24 && last_ > 1) return {.kind = step::what::compact, .compact_at = last_};
        if (dice < 30 && leases_.size() < 4)
            return {.kind = step::what::grant, .lease = fresh_lease(), .ttl = 1'000 + serial_ % 100};
        if (dice < 35 && !leases_.empty()) return revocation();
        if (dice < 55) return {.revisions = {transaction()}};
        if (dice < 67) return batch();
        return {.revisions = {{put("k" + std::to_string(draw_.below(6)))}}};
    }

    /// Notes that the first `count` revisions of a step were done, the last one at a revision (0: none was),
    /// and what it does besides.
    auto learn(step const& s, std::size_t count, store::revision_number at) -> void {
        if (at != 0) last_ = at;
        for (auto const& revision : std::span{s.revisions}.first(count)) {
            for (auto const& c : revision) {
                if (c.value) keys_[c.key] = c.lease;
                else keys_.erase(c.key);
            }
        }
        keys_.erase(std::string{shared});
        if (s.kind == step::what::grant) leases_.emplace(s.lease, s.ttl);
        if (s.kind == step::what::revoke) leases_.erase(s.lease);
    }

    [[nodiscard]] auto leases() const -> std::map<store::lease_id, std::int64_t> const& { return leases_; }
    /// The newest revision that it wrote.
    [[nodiscard]] auto last() const -> store::revision_number { return last_; }
    /// The beginning of all its keys.
    [[nodiscard]] auto prefix() const -> std::string { return "w" + std::to_string(number_) + "/"; }

    /// The key that all workers write.
    static constexpr std::string_view shared = "shared";

private:
    [[nodiscard]] auto value() -> std::string {
        auto const size = draw_.below(20) == 0 ? 4'000 + draw_.below(16'000) : draw_.below(200);
        auto out = prefix() + std::to_string(serial_) + "." + std::to_string(draw_.below(1'000'000));
        out.resize(out.size() + size, static_cast<char>('a' + serial_ % 26));
        return out;
    }
    [[nodiscard]] auto put(std::string_view name) -> change {
        auto out = change{.key = prefix() + std::string{name}, .value = value()};
        if (!leases_.empty() && draw_.below(3) == 0) {
            auto const chosen = static_cast<std::ptrdiff_t>(draw_.below(leases_.size()));
            out.lease = std::next(leases_.begin(), chosen)->first;
        }
        return out;
    }
    /// Two keys that always change together, one that everybody writes, and one that goes away.
    [[nodiscard]] auto transaction() -> changes {
        auto out = changes{put("pair/a"), put("pair/b")};
        out[1].value = out[0].value;
        if (draw_.below(2) == 0) out.push_back({.key = std::string{shared}, .value = value()});
        if (auto const some = erasable(); !some.empty()) out.push_back(some.front());
        return out;
    }
    [[nodiscard]] auto batch() -> step {
        auto out = step{};
        for (auto const* name : {"k0", "k1", "k2", "k3"}) out.revisions.push_back({put(name)});
        out.revisions.resize(2 + draw_.below(3));
        return out;
    }
    [[nodiscard]] auto revocation() -> step {
        auto out = step{.kind = step::what::revoke, .lease = leases_.begin()->first};
        auto gone = changes{};
        for (auto const& [key, lease] : keys_) {
            if (lease == out.lease) gone.push_back({.key = key});
        }
        if (!gone.empty()) out.revisions.push_back(std::move(gone));
        return out;
    }
    [[nodiscard]] auto some_key() -> std::string {
        return std::next(keys_.begin(), static_cast<std::ptrdiff_t>(draw_.below(keys_.size())))->first;
    }
    [[nodiscard]] auto erasable() const -> changes {
        auto out = changes{};
        for (auto const& [key, lease] : keys_) {
            if (key.starts_with(prefix() + "k")) out.push_back({.key = key});
        }
        return out;
    }
    [[nodiscard]] auto fresh_lease() const -> store::lease_id { return (number_ + 1) * 1'000'000 + serial_; }

    int number_;
    random_engine draw_;
    int serial_ = 0;
    store::revision_number last_ = 0;
    std::map<std::string, store::lease_id> keys_;
    std::map<store::lease_id, std::int64_t> leases_;
};

[[nodiscard]] inline auto transaction_of(changes const& revision) -> store::txn<std::string> {
    auto out = store::txn<std::string>{};
    for (auto const& c : revision) {
        if (c.value)
            out.then.emplace_back(
                store::put_request<std::string>{.key = c.key, .value = *c.value, .lease = c.lease});
        else out.then.emplace_back(store::erase_request{.key = c.key});
    }
    return out;
}

/// The revision of a reply, or why there is none.
template <class R> [[nodiscard]] auto revision_of(result<R> const& r) -> result<store::revision_number> {
    if (!r) return std::unexpected(r.error());
    return r->revision;
}

template <class Store> auto write(Store& s, step const& todo) -> result<store::revision_number> {
    auto const& first = todo.revisions.front();
    if (todo.revisions.size() == 1 && first.size() == 1) {
        auto const& c = first.front();
        if (!c.value) return revision_of(s.erase({.key = c.key}));
        auto request = store::put_request<std::string>{.key = c.key, .value = *c.value, .lease = c.lease};
        return revision_of(s.put(std::move(request)));
    }
    auto batch = std::vector<store::txn<std::string>>{};
    for (auto const& revision : todo.revisions) batch.push_back(transaction_of(revision));
    auto const done = s.commit(batch);
    for (auto const& one : done) {
        if (!one) return std::unexpected(one.error());
    }
    return revision_of(done.back());
}

/// Does a step. Answers the revision of the last thing that it wrote, or 0 if it wrote nothing. That somebody
/// else compacted further is no failure.
template <class Store> auto perform(Store& s, step const& todo) -> result<store::revision_number> {
    using enum step::what;
    auto out = result<store::revision_number>{0};
    if (todo.kind == grant) {
        auto const granted = s.grant({.ttl = todo.ttl, .id = todo.lease});
        if (!granted) out = std::unexpected(granted.error());
    } else if (todo.kind == revoke) {
        out = s.revoke(todo.lease);
        if (out && todo.revisions.empty()) out = 0;
    } else if (todo.kind == compact) {
        auto const done = s.compact(todo.compact_at);
        if (!done && done.error().code != error_code::expired) out = std::unexpected(done.error());
    } else if (todo.kind == erase_all) {
        auto const& key = todo.revisions.front().front().key;
        auto const prefix = key.substr(0, key.find('/') + 1);
        out = revision_of(s.erase({.key = prefix + "k", .range_end = prefix + "l"}));
    } else {
        out = tests::write(s, todo);
    }
    return out;
}

/// What is known of a directory: which worker wrote what at which revision, and what was compacted.
class ledger {
public:
    ledger(std::size_t count, std::uint64_t seed) {
        for (std::size_t i = 0; i < count; ++i)
            workers_.emplace_back(static_cast<int>(i), seed * 100 + static_cast<std::uint64_t>(i));
    }

    [[nodiscard]] auto workers() -> std::vector<worker>& { return workers_; }
    [[nodiscard]] auto revision() const -> store::revision_number {
        return 1 + static_cast<store::revision_number>(log_.size());
    }

    /// A worker was told that its step was done, the last of it at a revision.
    auto acknowledge(std::size_t who, step const& done, store::revision_number at) -> void {
        auto const count = done.revisions.size();
        for (std::size_t i = 0; i < count; ++i)
            log_[at - static_cast<store::revision_number>(count - 1 - i)] = done.revisions[i];
        if (done.kind == step::what::compact) compacted_ = std::max(compacted_, done.compact_at);
        workers_[who].learn(done, count, at);
    }

    /// Holds the ledger against a store that was opened again, in which each worker's step that nobody
    /// answered is there wholly, its first transactions only (a batch), or not at all; and notes which.
    /// Answers what is wrong, or nothing.
    template <class Store>
    [[nodiscard]] auto settle(Store const& s, std::span<std::optional<step> const> unanswered)
        -> std::string {
        auto const events = events_of(s);
        if (s.revision() < revision())
            return "the revision went back from " + std::to_string(revision()) + " to " +
                   std::to_string(s.revision());
        auto possible = compacted_;
        for (auto const erasing :
             {false, true}) { // a put says where it was made; a deletion gets what is left
            for (std::size_t who = 0; who < unanswered.size(); ++who) {
                auto const& todo = unanswered[who];
                if (!todo || begins_with_deletion(*todo) != erasing) continue;
                possible = std::max(possible, todo->compact_at);
                if (todo->kind != step::what::compact) adopt(s, events, who, *todo);
            }
        }
        if (s.compacted() < compacted_ || s.compacted() > possible)
            return "compacted at " + std::to_string(s.compacted()) + ", acknowledged was " +
                   std::to_string(compacted_) + ", asked for " + std::to_string(possible);
        compacted_ = s.compacted();
        return compare(s, events);
    }

private:
    using log_type = std::map<store::revision_number, changes>;
    struct version {
        change const* last = nullptr;
        store::revision_number create = 0;
        store::revision_number mod = 0;
        std::int64_t count = 0;
    };

    /// All that a watch from the compacted revision delivers.
    template <class Store> [[nodiscard]] static auto events_of(Store const& s) -> log_type {
        auto out = log_type{};
        auto c = s.watch(store::laws::watch_everything(std::max<store::revision_number>(s.compacted(), 1)));
        for (auto seen = c->next(); seen && !seen->empty(); seen = c->next()) {
            for (auto const& e : *seen) {
                auto made = change{.key = std::string{e.kv.key()}};
                if (e.type == store::event_type::put) made.value = e.kv.value();
                made.lease = e.kv.lease();
                out[e.kv.mod_revision()].push_back(std::move(made));
            }
        }
        return out;
    }

    [[nodiscard]] static auto begins_with_deletion(step const& s) -> bool {
        return !s.revisions.empty() && !s.revisions.front().front().value;
    }

    /// Finds out how much of an unanswered step was done, and notes it as if it had been answered.
    template <class Store>
    auto adopt(Store const& s, log_type const& events, std::size_t who, step const& todo) -> void {
        auto count = std::size_t{0};
        auto at = store::revision_number{0};
        for (auto const& revision : todo.revisions) {
            auto const where = place_of(s, events, revision, workers_[who].last());
            if (where == 0) break;
            log_[at = where] = revision;
            ++count;
        }
        auto done = todo;
        auto const has = todo.lease != 0 && s.time_to_live(todo.lease).has_value();
        if (has != (todo.kind == step::what::grant))
            done.kind = step::what::write; // the lease did not change
        workers_[who].learn(done, count, at);
    }
    /// At which revision somebody's latest changes were made, after another one; 0 if they were not.
    template <class Store>
    [[nodiscard]] auto place_of(Store const& s, log_type const& events, changes const& wanted,
                                store::revision_number after) const -> store::revision_number {
        auto const& first = wanted.front();
        auto const found = store::get(s, first.key);
        if (!found) return 0;
        if (first.value) return *found && found->value() == *first.value ? found->mod_revision() : 0;
        if (*found) return 0;
        for (auto const& [at, what] : events) {
            if (at > after && what == wanted && !log_.contains(at)) return at;
        }
        for (auto at = std::max<store::revision_number>(after, 1) + 1; at <= s.compacted();
             ++at) { // no events
            if (!log_.contains(at)) return at;
        }
        return 0;
    }

    template <class Store>
    [[nodiscard]] auto compare(Store const& s, log_type const& events) const -> std::string {
        if (s.revision() != revision() || (!log_.empty() && log_.rbegin()->first != revision()))
            return "the store is at revision " + std::to_string(s.revision()) + ", compacted at " +
                   std::to_string(s.compacted()) + ", and nobody wrote " + unknown(s, events);
        auto const least = std::max<store::revision_number>(s.compacted(), 1);
        for (auto i = log_.lower_bound(least); i != log_.end(); ++i) {
            auto const found = events.find(i->first);
            if (found == events.end()) return "revision " + std::to_string(i->first) + " was lost";
            if (found->second != i->second) return "revision " + std::to_string(i->first) + " is another";
        }
        if (!events.empty() && events.begin()->first < least) return "events before the compacted revision";
        for (auto const at : {least, (least + revision()) / 2, revision()}) {
            if (auto wrong = compare_state(s, at); !wrong.empty()) return wrong;
        }
        return compare_leases(s);
    }
    /// The first revision that nobody is known to have written, and what is in it.
    template <class Store>
    [[nodiscard]] auto unknown(Store const& s, log_type const& events) const -> std::string {
        auto at = store::revision_number{2};
        while (at <= s.revision() && log_.contains(at)) ++at;
        auto out = "revision " + std::to_string(at) + ":";
        if (auto const found = events.find(at); found != events.end()) {
            for (auto const& c : found->second) out += (c.value ? " put " : " erase ") + c.key;
        }
        return out;
    }
    [[nodiscard]] auto replay(store::revision_number until) const -> std::map<std::string, version> {
        auto out = std::map<std::string, version>{};
        for (auto const& [at, revision] : log_) {
            if (at > until) break;
            for (auto const& c : revision) {
                if (!c.value) {
                    out.erase(c.key);
                    continue;
                }
                auto& v = out[c.key];
                v = {&c, v.last == nullptr ? at : v.create, at, v.count + 1};
            }
        }
        return out;
    }
    template <class Store>
    [[nodiscard]] auto compare_state(Store const& s, store::revision_number at) const -> std::string {
        auto const where = " at revision " + std::to_string(at);
        auto const expected = replay(at);
        auto const found = s.range(store::laws::everything(at));
        if (!found) return found.error().message + where;
        if (found->kvs.size() != expected.size())
            return std::to_string(found->kvs.size()) + " keys instead of " + std::to_string(expected.size()) +
                   where;
        auto i = expected.begin();
        for (auto const& kv : found->kvs) {
            auto const& [key, v] = *i++;
            if (kv.key() != key) return "key " + std::string{kv.key()} + " instead of " + key + where;
            if (kv.value() != *v.last->value || kv.lease() != v.last->lease || kv.version() != v.count ||
                kv.create_revision() != v.create || kv.mod_revision() != v.mod)
                return "key " + key + " is wrong" + where;
        }
        return {};
    }
    template <class Store> [[nodiscard]] auto compare_leases(Store const& s) const -> std::string {
        auto expected = std::map<store::lease_id, std::int64_t>{};
        for (auto const& w : workers_) expected.insert(w.leases().begin(), w.leases().end());
        auto const ids = s.leases().value();
        if (ids.size() != expected.size())
            return std::to_string(ids.size()) + " leases instead of " + std::to_string(expected.size());
        auto keys = std::map<store::lease_id, std::vector<std::string>>{};
        for (auto const& [key, v] : replay(revision())) keys[v.last->lease].push_back(key);
        for (auto const& [id, ttl] : expected) {
            auto const found = s.time_to_live(id, true);
            if (!found) return "lease " + std::to_string(id) + " was lost";
            if (found->granted_ttl != ttl || found->keys != keys[id])
                return "lease " + std::to_string(id) + " is wrong";
        }
        return {};
    }

    std::vector<worker> workers_;
    log_type log_; ///< without gaps, from revision 2 on
    store::revision_number compacted_ = 0;
};

} // namespace berth::tests
