#pragma once

/// \file
/// The bodies of `berth/kube/rbac/bootstrap_policy.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/rbac/bootstrap_policy.hpp>
#include <berth/kube/rbac/detail/policy_text.hpp>
#include <berth/kube/rbac/rule_cover.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace berth::kube::detail {

inline constexpr std::string_view keeps_itself = "rbac.authorization.kubernetes.io/autoupdate";
inline constexpr std::string_view summand_label = "rbac.authorization.k8s.io/aggregate-to-";

using policy_words = std::vector<std::string_view>;

/// The words of the next line of a policy, with those of the lines that continue it.
inline auto next_policy_line(std::string_view& text) -> policy_words {
    auto out = policy_words();
    do {
        auto const end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with("+ ")) line.remove_prefix(2);
        while (!line.empty()) {
            auto const space = std::min(line.find(' '), line.size());
            out.push_back(line.substr(0, space));
            line.remove_prefix(std::min(space + 1, line.size()));
        }
    } while (text.starts_with("+ "));
    return out;
}

inline auto split_words(std::string_view joined) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (std::size_t begin = 0; begin <= joined.size();) {
        auto const end = std::min(joined.find(',', begin), joined.size());
        auto const word = joined.substr(begin, end - begin);
        out.emplace_back(word == "core" ? std::string_view() : word);
        begin = end + 1;
    }
    return out;
}

inline auto read_policy_rule(policy_words const& words) -> policy_rule {
    auto out = policy_rule{};
    out.verbs = split_words(words[0]);
    auto const paths = words[1] == "url";
    if (!paths) out.api_groups = split_words(words[1]);
    auto* into = paths ? &out.non_resource_urls : &out.resources;
    for (auto const w : std::span(words).subspan(2))
        if (w == "named" && !paths) into = &out.resource_names;
        else into->emplace_back(w);
    return out;
}

/// What all of a policy is marked with, and its name.
inline auto name_policy_object(object::meta& m, std::string_view name) -> void {
    auto const slash = name.find('/');
    if (slash != std::string_view::npos) m.namespace_ = name.substr(0, slash);
    m.name = name.substr(slash == std::string_view::npos ? 0 : slash + 1);
    m.labels["kubernetes.io/bootstrapping"] = "rbac-defaults";
    m.annotations[std::string(keeps_itself)] = "true";
}

/// `WHAT` of a word `KEY=WHAT`; nothing of another.
inline auto value_of_word(std::string_view word, std::string_view key) -> std::string_view {
    return word.starts_with(key) ? word.substr(key.size()) : std::string_view();
}

inline auto read_subject(std::string_view word) -> subject {
    auto out = subject{};
    if (auto const account = value_of_word(word, "account="); !account.empty()) {
        auto const slash = account.find('/');
        out.kind = "ServiceAccount";
        out.namespace_ = account.substr(0, slash);
        out.name = account.substr(slash + 1);
        return out;
    }
    auto const group = value_of_word(word, "group=");
    out.kind = group.empty() ? "User" : "Group";
    out.api_group = rbac_group;
    out.name = group.empty() ? value_of_word(word, "user=") : group;
    return out;
}

/// Reads a policy, line by line.
class policy_reader {
public:
    auto read(std::string_view text) -> access_policy {
        while (!text.empty()) {
            auto const words = next_policy_line(text);
            if (words.empty()) continue;
            if (words[0] == "role") begin_role(words);
            else if (words[0] == "bind")
                add_binding(words[1], words[2], words[3], std::span(words).subspan(4));
            else if (words[0] == "controllers") add_controllers(words);
            else rules_->push_back(read_policy_rule(words));
        }
        return std::move(out_);
    }

private:
    auto begin_role(policy_words const& words) -> void {
        if (words[1].find('/') != std::string_view::npos) {
            auto& r = out_.roles.emplace_back();
            name_policy_object(r.metadata, words[1]);
            rules_ = &r.rules;
            return;
        }
        auto& r = out_.cluster_roles.emplace_back();
        name_policy_object(r.metadata, words[1]);
        rules_ = &r.rules;
        for (auto const w : std::span(words).subspan(2)) {
            if (auto const sum = value_of_word(w, "part-of="); !sum.empty())
                r.metadata.labels[std::string(summand_label).append(sum)] = "true";
            if (auto const sum = value_of_word(w, "sums-up="); !sum.empty())
                r.aggregation_rule.engage()
                    .cluster_role_selectors.emplace_back()
                    .match_labels[std::string(summand_label).append(sum)] = "true";
        }
    }

    auto add_binding(std::string_view name, std::string_view kind, std::string_view role,
                     std::span<std::string_view const> subjects) -> void {
        auto const fill = [&](auto& b) {
            name_policy_object(b.metadata, name);
            b.role_ref.api_group = rbac_group;
            b.role_ref.kind = kind;
            b.role_ref.name = role;
            for (auto const s : subjects) b.subjects.push_back(read_subject(s));
        };
        if (name.find('/') != std::string_view::npos) fill(out_.role_bindings.emplace_back());
        else fill(out_.cluster_role_bindings.emplace_back());
    }

    auto add_controllers(policy_words const& words) -> void {
        for (auto const name : std::span(words).subspan(1)) {
            auto const role = "system:controller:" + std::string(name);
            auto const account = "account=kube-system/" + std::string(name);
            auto const subjects = std::string_view(account);
            add_binding(role, "ClusterRole", role, {&subjects, 1});
        }
    }

    access_policy out_;
    object::list<policy_rule>* rules_ = nullptr;
};

/// Adds what is missing of some entries.
inline auto add_missing(object::string_map& to, object::string_map const& wanted) -> void {
    for (auto const& [key, value] : wanted)
        if (!to.contains(key)) to[key] = value;
}
template <class T> auto add_missing(object::list<T>& to, object::list<T> const& wanted) -> void {
    for (auto const& w : wanted)
        if (std::find(to.begin(), to.end(), w) == to.end()) to.push_back(w);
}

/// What there is, and what is missing of what is wanted.
template <class T> auto mended(T now, T const& wanted) -> T {
    add_missing(now.metadata.labels, wanted.metadata.labels);
    add_missing(now.metadata.annotations, wanted.metadata.annotations);
    if constexpr (requires { now.subjects; }) {
        add_missing(now.subjects, wanted.subjects);
    } else {
        for (auto const& rule : uncovered_rules(now.rules, wanted.rules)) now.rules.push_back(rule);
    }
    if constexpr (requires { now.aggregation_rule; }) {
        if (wanted.aggregation_rule)
            add_missing(now.aggregation_rule.engage().cluster_role_selectors,
                        wanted.aggregation_rule->cluster_role_selectors);
    }
    return now;
}

template <class T> auto same_role(T const& now, T const& wanted) -> bool {
    if constexpr (requires { now.role_ref; }) return now.role_ref == wanted.role_ref;
    else return true;
}

/// Adds what must be written so that an object does what is wanted.
template <class T>
auto add_writes(object::stored<T> const& now, T const& wanted, std::vector<api::write>& out) -> void {
    if (now && now->metadata.annotations.get(keeps_itself) == "false") return;
    if (now && same_role(*now, wanted)) {
        auto next = mended(*now, wanted);
        if (next == *now) return;
        auto options = api::update_options{};
        options.expected = now.revision_of();
        out.emplace_back(api::update_request{object::any_object(std::move(next)), std::move(options)});
        return;
    }
    if (now) {
        auto options = api::delete_options{};
        options.expected_uid = now->metadata.uid;
        out.emplace_back(api::remove_request{&T::resource, now->metadata.where(), std::move(options)});
    }
    out.emplace_back(api::create_request{object::any_object(wanted)});
}

template <class T> auto add_writes(api::any_client const& client, std::vector<T> const& wanted,
                                   std::vector<api::write>& out) -> result<void> {
    auto const there = api::list<T>(client);
    if (!there) return std::unexpected(there.error());
    for (auto const& w : wanted) {
        auto const at = std::find_if(there->begin(), there->end(), [&](object::stored<T> const& o) {
            return o->metadata.where() == w.metadata.where();
        });
        add_writes(at == there->end() ? object::stored<T>() : *at, w, out);
    }
    return {};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto bootstrap_policy() -> access_policy {
    return detail::policy_reader().read(detail::policy_text);
}

BERTH_DECL auto restore(api::any_client const& client, access_policy const& policy) -> result<void> {
    auto batch = std::vector<api::write>();
    auto ok = detail::add_writes(client, policy.cluster_roles, batch);
    if (ok) ok = detail::add_writes(client, policy.cluster_role_bindings, batch);
    if (ok) ok = detail::add_writes(client, policy.roles, batch);
    if (ok) ok = detail::add_writes(client, policy.role_bindings, batch);
    if (!ok) return ok;
    for (auto const& done : client.commit(batch)) {
        auto const lost = !done && (done.error().code == error_code::already_exists ||
                                    done.error().code == error_code::conflict ||
                                    done.error().code == error_code::not_found);
        if (!done && !lost) return std::unexpected(done.error());
    }
    return {};
}

} // namespace berth::kube
