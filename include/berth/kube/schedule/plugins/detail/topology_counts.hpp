#pragma once

/// \file
/// Counts by topology domain that are cheap to copy and to vary a little: a copy shares what was counted, and
/// keeps beside it what is different.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace berth::kube::plugins::detail {

struct text_hash {
    using is_transparent = void;
    auto operator()(std::string_view text) const -> std::size_t {
        return std::hash<std::string_view>{}(text);
    }
};
template <class T> using by_text = std::unordered_map<std::string, T, text_hash, std::equal_to<>>;

/// How many matches there are in each domain, over any number of topology keys. A domain is a value of a key.
class topology_tally {
public:
    /// `delta` more matches on a node, in its domain of this key; none if the node has none.
    auto add(node const& n, std::string_view key, std::int64_t delta) -> void;
    /// The matches in the node's domain of this key, or nothing if it has no such label.
    [[nodiscard]] auto at(node const& n, std::string_view key) const -> std::optional<std::int64_t>;
    /// Whether there are matches in any domain of the node.
    [[nodiscard]] auto touches(node const& n) const -> bool;
    /// Whether every domain has none.
    [[nodiscard]] auto empty() const -> bool { return domains_ == 0; }

private:
    struct row {
        std::string key;
        by_text<std::int64_t> matches;
    };
    using rows = std::vector<row>;
    struct change {
        std::string key;
        std::string value;
        std::int64_t delta;
    };

    static auto row_of(rows& all, std::string_view key) -> row&;
    [[nodiscard]] auto count(std::string_view key, std::string_view value) const -> std::int64_t;
    auto settle() -> void;

    std::shared_ptr<rows> shared_ = std::make_shared<rows>();
    std::vector<change> changes_;
    std::int64_t domains_ = 0; ///< with matches
};

/// Pods in the domains of one topology key, and the smallest number of them. Domains without pods count.
class domain_counts {
public:
    /// So many more pods, and nodes, in a domain. One without nodes is none.
    auto add(std::string_view domain, std::int64_t pods, std::int64_t nodes) -> void;
    [[nodiscard]] auto pods(std::string_view domain) const -> std::int64_t;
    /// The smallest number of pods of all domains; of none, the greatest number.
    [[nodiscard]] auto least() const -> std::int64_t;
    [[nodiscard]] auto domains() const -> std::int64_t;
    /// A domain that had the fewest pods when the counts were sealed; empty if there was none.
    [[nodiscard]] auto emptiest() const -> std::string const& { return base_->least_domain; }
    /// All that is to be counted is counted: from now on, little changes.
    auto seal() -> void;

private:
    struct content {
        std::int64_t pods = 0;
        std::int64_t nodes = 0;
    };
    struct base {
        by_text<content> domains;
        std::string least_domain;
        std::int64_t least;        ///< of all domains
        std::int64_t second_least; ///< of all but that one
    };

    auto put(content more, std::string_view domain) -> void;

    std::shared_ptr<base> base_ = std::make_shared<base>();
    bool sealed_ = false;
    std::optional<std::string> changed_; ///< the one domain that is different from `base_`
    content difference_;
};

} // namespace berth::kube::plugins::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/detail/topology_counts.ipp>
#endif
