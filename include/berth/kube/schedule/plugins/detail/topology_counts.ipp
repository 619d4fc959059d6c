#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/detail/topology_counts.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/detail/topology_counts.hpp>

#include <algorithm>
#include <limits>

namespace berth::kube::plugins::detail {

BERTH_DECL auto topology_tally::row_of(rows& all, std::string_view key) -> row& {
    for (auto& r : all)
        if (r.key == key) return r;
    return all.emplace_back(row{std::string(key), {}});
}

BERTH_DECL auto topology_tally::count(std::string_view key, std::string_view value) const -> std::int64_t {
    auto out = std::int64_t{0};
    for (auto const& r : *shared_) {
        if (r.key != key) continue;
        if (auto const found = r.matches.find(value); found != r.matches.end()) out = found->second;
    }
    for (auto const& c : changes_)
        if (c.key == key && c.value == value) out += c.delta;
    return out;
}

/// Makes the shared counts its own, with all changes.
BERTH_DECL auto topology_tally::settle() -> void {
    auto own = std::make_shared<rows>(*shared_);
    for (auto const& c : changes_) row_of(*own, c.key).matches[c.value] += c.delta;
    shared_ = std::move(own);
    changes_.clear();
}

BERTH_DECL auto topology_tally::add(node const& n, std::string_view key, std::int64_t delta) -> void {
    constexpr auto many = std::size_t{16};
    auto const* const value = n.metadata.labels.find(key);
    if (value == nullptr || delta == 0) return;
    auto const before = count(key, *value);
    domains_ += before == 0 ? 1 : before + delta == 0 ? -1 : 0;
    auto const known = std::find_if(changes_.begin(), changes_.end(),
                                    [&](auto const& c) { return c.key == key && c.value == *value; });
    if (known != changes_.end()) {
        known->delta += delta;
        return;
    }
    if (changes_.size() >= many) settle();
    if (shared_.use_count() == 1) row_of(*shared_, key).matches[*value] += delta;
    else changes_.push_back({std::string(key), *value, delta});
}

BERTH_DECL auto topology_tally::at(node const& n, std::string_view key) const -> std::optional<std::int64_t> {
    auto const* const value = n.metadata.labels.find(key);
    return value == nullptr ? std::nullopt : std::optional(count(key, *value));
}

BERTH_DECL auto topology_tally::touches(node const& n) const -> bool {
    if (empty()) return false;
    auto const in = [&](std::string const& key) { return at(n, key).value_or(0) > 0; };
    return std::any_of(shared_->begin(), shared_->end(), [&](auto const& r) { return in(r.key); }) ||
           std::any_of(changes_.begin(), changes_.end(), [&](auto const& c) { return in(c.key); });
}

/// So much more in a domain that is counted here.
BERTH_DECL auto domain_counts::put(content more, std::string_view domain) -> void {
    auto at = base_->domains.find(domain);
    if (at == base_->domains.end()) at = base_->domains.emplace(domain, content{}).first;
    at->second.pods += more.pods;
    at->second.nodes += more.nodes;
    if (at->second.nodes <= 0) base_->domains.erase(at);
}

BERTH_DECL auto domain_counts::seal() -> void {
    sealed_ = true;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    base_->least = base_->second_least = most;
    for (auto const& [domain, in] : base_->domains) {
        if (in.pods < base_->least) {
            base_->second_least = std::exchange(base_->least, in.pods);
            base_->least_domain = domain;
        } else {
            base_->second_least = std::min(base_->second_least, in.pods);
        }
    }
}

BERTH_DECL auto domain_counts::add(std::string_view domain, std::int64_t pods, std::int64_t nodes) -> void {
    if (!sealed_) return put({pods, nodes}, domain);
    if (changed_ && *changed_ != domain) {
        base_ = std::make_shared<base>(*base_);
        put(difference_, *changed_);
        seal();
        changed_.reset();
    }
    if (!changed_) {
        changed_ = std::string(domain);
        difference_ = {};
    }
    difference_.pods += pods;
    difference_.nodes += nodes;
}

BERTH_DECL auto domain_counts::pods(std::string_view domain) const -> std::int64_t {
    auto const at = base_->domains.find(domain);
    auto const counted = at == base_->domains.end() ? 0 : at->second.pods;
    return changed_ && *changed_ == domain ? counted + difference_.pods : counted;
}

BERTH_DECL auto domain_counts::domains() const -> std::int64_t {
    auto const counted = std::ssize(base_->domains);
    if (!changed_) return counted;
    auto const at = base_->domains.find(*changed_);
    auto const was = at == base_->domains.end() ? std::int64_t{0} : at->second.nodes;
    return counted - (was > 0 ? 1 : 0) + (was + difference_.nodes > 0 ? 1 : 0);
}

BERTH_DECL auto domain_counts::least() const -> std::int64_t {
    if (!changed_) return base_->least;
    auto const others = base_->least_domain == *changed_ ? base_->second_least : base_->least;
    auto const at = base_->domains.find(*changed_);
    auto const was = at == base_->domains.end() ? content{} : at->second;
    return was.nodes + difference_.nodes > 0 ? std::min(others, was.pods + difference_.pods) : others;
}

} // namespace berth::kube::plugins::detail
