#pragma once

/// \file
/// What can be said about a request without looking at a store: the checks that etcd makes on arrival
/// (etcd 3.5 `server/etcdserver/api/v3rpc/key.go`). Shared by the backends.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/types.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>
#include <variant>
#include <vector>

namespace berth::store::detail {

/// Whether values can be ordered with `<`.
template <class V>
concept ordered_value = requires(V const& a, V const& b) {
    { a < b } -> std::convertible_to<bool>;
};

/// The keys that a branch may put and delete.
struct written_keys {
    std::set<std::string_view> puts;
    std::vector<key_range> erased;

    [[nodiscard]] auto erases(std::string_view key) const -> bool;
    /// False if `key` is put or deleted already.
    [[nodiscard]] auto add_put(std::string_view key) -> bool;
};

template <class V> auto find_written(std::vector<operation<V>> const& steps, written_keys& out) -> bool;

/// Adds what a nested transaction may write. Its branches exclude each other, so both may put the same key.
template <class V> auto add_nested(txn<V> const& nested, written_keys& out) -> bool {
    auto then = written_keys{};
    auto otherwise = written_keys{};
    if (!find_written(nested.then, then) || !find_written(nested.otherwise, otherwise)) return false;
    auto both = then.puts;
    both.insert(otherwise.puts.begin(), otherwise.puts.end());
    for (auto const key : both) {
        if (!out.add_put(key)) return false;
    }
    out.erased.insert(out.erased.end(), then.erased.begin(), then.erased.end());
    out.erased.insert(out.erased.end(), otherwise.erased.begin(), otherwise.erased.end());
    return true;
}

/// Collects what one branch may write; false if a key could be put twice, or put and deleted. The order of
/// the three passes is etcd's: this level's deletes, nested transactions, this level's puts.
template <class V> auto find_written(std::vector<operation<V>> const& steps, written_keys& out) -> bool {
    for (auto const& step : steps) {
        if (auto const* e = std::get_if<erase_request>(&step.request)) out.erased.push_back(e->keys());
    }
    for (auto const& step : steps) {
        auto const* nested = std::get_if<txn<V>>(&step.request);
        if (nested != nullptr && !add_nested(*nested, out)) return false;
    }
    return std::all_of(steps.begin(), steps.end(), [&](auto const& step) {
        auto const* put = std::get_if<put_request<V>>(&step.request);
        return put == nullptr || out.add_put(put->key);
    });
}

template <class V> [[nodiscard]] auto check_request(range_request const& r) -> result<void> {
    if (r.key.empty()) return errors::empty_key();
    if constexpr (!ordered_value<V>) {
        if (r.sort_by == sort_target::value) return errors::unordered_values();
    }
    return {};
}
[[nodiscard]] BERTH_DECL auto check_request(erase_request const& r) -> result<void>;
template <class V> [[nodiscard]] auto check_request(put_request<V> const& r) -> result<void> {
    if (r.key.empty()) return errors::empty_key();
    if (r.ignore_value && r.value != V{}) return errors::value_provided();
    if (r.ignore_lease && r.lease != 0) return errors::lease_provided();
    return {};
}
template <class V> [[nodiscard]] auto check_request(compare<V> const& c) -> result<void> {
    if (c.key.empty()) return errors::empty_key();
    if constexpr (!ordered_value<V>) {
        auto const by_order = c.is == comparison::less || c.is == comparison::greater;
        if (c.target == compare_target::value && by_order) return errors::unordered_values();
    }
    return {};
}

template <class V> [[nodiscard]] auto check_parts(txn<V> const& t, std::size_t max_operations)
    -> result<void>;

template <class V>
[[nodiscard]] auto check_steps(std::vector<operation<V>> const& steps, std::size_t max_operations)
    -> result<void> {
    for (auto const& step : steps) {
        auto const checked = std::visit(
            [&]<class R>(R const& r) -> result<void> {
                if constexpr (std::same_as<R, txn<V>>) {
                    return check_parts(r, max_operations);
                } else if constexpr (std::same_as<R, range_request>) {
                    return check_request<V>(r);
                } else {
                    return check_request(r);
                }
            },
            step.request);
        if (!checked) return checked;
    }
    return {};
}

/// Checks sizes and single requests; what a transaction uses of its allowance is missing to those inside it.
template <class V> [[nodiscard]] auto check_parts(txn<V> const& t, std::size_t max_operations)
    -> result<void> {
    auto const size = std::max({t.when.size(), t.then.size(), t.otherwise.size()});
    if (size > max_operations) return errors::too_many_operations();
    for (auto const& c : t.when) {
        if (auto checked = check_request(c); !checked) return checked;
    }
    if (auto checked = check_steps(t.then, max_operations - size); !checked) return checked;
    return check_steps(t.otherwise, max_operations - size);
}

/// Everything about a transaction that does not depend on the state of a store.
template <class V>
[[nodiscard]] auto check_request(txn<V> const& t, std::size_t max_operations) -> result<void> {
    if (auto checked = check_parts(t, max_operations); !checked) return checked;
    for (auto const* branch : {&t.then, &t.otherwise}) {
        if (branch->size() < 2 &&
            (branch->empty() || !std::holds_alternative<txn<V>>(branch->front().request)))
            continue;
        auto written = written_keys{};
        if (!find_written(*branch, written)) return errors::duplicate_key();
    }
    return {};
}

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/detail/check_txn.ipp>
#endif
