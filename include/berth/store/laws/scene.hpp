#pragma once

/// \file
/// The stage on which the laws of a versioned store are checked: a store maker, a fresh store per law, and a
/// callback that hears what held, so that any test framework can be the judge.

#include <berth/core/error.hpp>
#include <berth/store/operations.hpp>
#include <berth/store/versioned_store.hpp>

#include <concepts>
#include <exception>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store::laws {

/// Makes fresh stores, and values for them out of text. Different texts must give unequal values, the same
/// text equal ones, and none the value `V{}`. If values can be ordered, they must be so like their texts.
template <class F>
concept store_maker = requires(F const& f, std::string_view text) {
    { f.make() } -> versioned_store;
    { f.value(text) } -> std::same_as<value_of<decltype(f.make())>>;
};

/// A maker for stores that are ready when default-constructed and whose values are made from a `std::string`.
template <versioned_store S> struct fresh {
    [[nodiscard]] auto make() const -> S { return S{}; }
    [[nodiscard]] auto value(std::string_view text) const -> value_of<S> {
        return value_of<S>(std::string{text});
    }
};

/// What the suite tells its judge about one law: once if it holds, else once per broken expectation.
struct finding {
    std::string_view law; ///< a sentence
    bool holds = true;
    std::string detail{}; ///< where in the suite, and what was found
};

/// Hears findings. Called from one thread.
template <class R>
concept judge = requires(R& r, finding const& f) { r(f); };

/// A fresh store and shorthand for the laws' bodies.
template <store_maker F> class scene {
public:
    using store_type = decltype(std::declval<F const&>().make());
    using value_type = value_of<store_type>;
    using where = std::source_location;

    explicit scene(F const& maker) : maker_(&maker), store(maker.make()) {}

    /// Notes a broken expectation, with where it stands.
    auto expect(bool holds, std::string_view what = "", where at = where::current()) -> void {
        if (holds) return;
        auto const path = std::string_view{at.file_name()};
        auto text = std::string{path.substr(path.rfind('/') + 1)} + ":" + std::to_string(at.line());
        if (!what.empty()) text.append(": ").append(what);
        broken.push_back(std::move(text));
    }
    /// Expects an error of this code, and these words in its message.
    template <class T>
    auto refuses(result<T> const& r, error_code code, std::string_view words = "",
                 where at = where::current()) -> void {
        if (r) return expect(false, "was not refused", at);
        expect(r.error().code == code, "refused with another code: " + r.error().message, at);
        expect(r.error().message.find(words) != std::string::npos, "refused with: " + r.error().message, at);
    }

    [[nodiscard]] auto value(std::string_view text) const -> value_type { return maker_->value(text); }
    auto put(std::string_view key, std::string_view text) -> revision_number {
        return store::put(store, key, value(text)).value().revision;
    }
    auto erase(std::string_view key, std::string_view end = "") -> std::int64_t {
        return store::erase(store, {.key = std::string{key}, .range_end = std::string{end}}).value().deleted;
    }
    [[nodiscard]] auto range(range_request const& r) const -> range_reply<value_type> {
        return store.range(r).value();
    }
    [[nodiscard]] auto get(std::string_view key, revision_number at = 0) const -> key_value<value_type> {
        return store::get(store, key, at).value();
    }
    auto commit(txn<value_type> const& t) -> result<txn_reply<value_type>> { return commit_one(store, t); }

    /// The keys of a range, separated by spaces.
    [[nodiscard]] auto keys(range_request const& r) const -> std::string {
        auto out = std::string{};
        for (auto const& kv : range(r).kvs) out.append(out.empty() ? "" : " ").append(kv.key());
        return out;
    }
    /// The next events of a cursor as text: `+key@revision` for puts, `-key@revision` for deletions.
    template <class Cursor> [[nodiscard]] static auto next(Cursor& c) -> std::string {
        auto out = std::string{};
        auto const seen = c.next().value();
        for (auto const& e : seen) {
            out.append(out.empty() ? "" : " ")
                .append(e.type == event_type::put ? "+" : "-")
                .append(e.kv.key());
            out.append("@").append(std::to_string(e.kv.mod_revision()));
        }
        return out;
    }

private:
    F const* maker_;

public:
    store_type store;
    std::vector<std::string> broken{};
};

/// Checks one law on a fresh store.
template <store_maker F, judge R, class Body>
auto law(std::string_view name, F const& maker, R& report, Body body) -> void {
    auto s = scene<F>{maker};
    try {
        body(s);
    } catch (std::exception const& e) {
        s.broken.push_back(std::string{"ended early: "} + e.what());
    }
    if (s.broken.empty()) report(finding{name, true});
    for (auto& detail : s.broken) report(finding{name, false, std::move(detail)});
}

/// All keys, and all keys from `key` on.
[[nodiscard]] inline auto everything(revision_number at = 0) -> range_request {
    return {.key = std::string{smallest_key}, .range_end = std::string{unbounded}, .revision = at};
}
[[nodiscard]] inline auto watch_everything(revision_number start = 0, bool want_previous = false)
    -> watch_request {
    return {.range_end = std::string{unbounded}, .start = start, .want_previous = want_previous};
}

} // namespace berth::store::laws
