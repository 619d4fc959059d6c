#pragma once

/// \file
/// The bodies of `berth/kube/schedule/configuration.hpp`.

#include <berth/api/check_schema.hpp>
#include <berth/api/validation.hpp>
#include <berth/kube/core/pod/validation/affinity.hpp>
#include <berth/kube/schedule/configuration.hpp>
#include <berth/kube/schedule/configuration/plugin_points.hpp>
#include <berth/kube/schedule/configuration/type.hpp>
#include <berth/kube/schedule/plugin_libraries.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/parse.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube::configuration::detail {

using api::field_errors;
using api::field_path;

inline constexpr std::string_view version = "kubescheduler.config.k8s.io/v1";

/// Complains of a path that is a text already.
inline auto complain(field_errors& errors, std::string const& path, std::string message) -> void {
    auto const at = field_path(path);
    errors.add("FieldValueInvalid", at, std::move(message));
}

/// The words of the decoder, `... into Go struct field PATH of type T`, as ours.
inline auto complain_of_form(field_errors& errors, std::string const& before, std::string const& words)
    -> void {
    constexpr auto head = std::string_view("json: cannot unmarshal ");
    constexpr auto middle = std::string_view(" into Go struct field ");
    constexpr auto tail = std::string_view(" of type ");
    auto const from = words.find(middle);
    auto const to = words.rfind(tail);
    if (!words.starts_with(head) || from == std::string::npos || to == std::string::npos)
        return complain(errors, before, words);
    auto const found = words.substr(head.size(), from - head.size());
    auto const path = words.substr(from + middle.size(), to - from - middle.size());
    complain(errors, before + (before.empty() || path.empty() || path.starts_with('[') ? "" : ".") + path,
             "Invalid type: a " + found + " where a value of type " + words.substr(to + tail.size()) +
                 " was expected");
}

/// Reads a described value strictly; `before` is its path. Nothing if it has not the form.
template <class T>
auto read(boost::json::object json, std::string const& before, field_errors& errors) -> std::optional<T> {
    auto reader = object::decoder(object::unknown_members::drop);
    auto out = T();
    if (auto const done = reader.decode(json, object::type_of<T>(), &out); !done) {
        complain_of_form(errors, before, done.error().message);
        return std::nullopt;
    }
    for (auto const& path : reader.unknown_paths())
        complain(errors, before.empty() ? path : before + "." + path, "Unknown field");
    auto const at = field_path(before);
    api::check_schema(out, at, errors);
    return out;
}

/// `apiVersion` and `kind` are those that are expected, or, where they need not be there, are not.
inline auto check_kind(boost::json::object& json, std::string const& before, std::string_view kind,
                       bool needed, field_errors& errors) -> void {
    auto const check = [&](std::string_view member, std::string_view wanted) {
        auto const* const value = json.if_contains(member);
        auto const path = before.empty() ? std::string(member) : before + "." + std::string(member);
        auto const at = field_path(path);
        if (value == nullptr) {
            if (needed) errors.required(at, "must be " + std::string(wanted));
            return;
        }
        if (!value->is_string()) complain(errors, path, "Invalid type: must be " + std::string(wanted));
        else if (auto const& text = value->get_string(); std::string_view(text) != wanted)
            errors.not_supported(at, std::string_view(text), {wanted});
        json.erase(member);
    };
    check("apiVersion", version);
    check("kind", kind);
}

inline auto weights_of(object::list<resource> const& from) -> std::vector<resource_and_weight> {
    auto out = std::vector<resource_and_weight>();
    for (auto const& r : from) out.emplace_back(r.name, r.weight.value_or(1));
    return out;
}

inline auto take(fit_arguments const& a, std::string const& before, profile_settings& to,
                 field_errors& errors) -> void {
    to.ignored_resources = a.ignored_resources;
    to.ignored_resource_groups = a.ignored_resource_groups;
    if (!a.scoring_strategy) return;
    auto const& s = *a.scoring_strategy;
    if (!s.resources.empty()) to.resources = weights_of(s.resources);
    to.strategy = s.type == "MostAllocated"              ? plugins::fit_strategy::most_allocated
                  : s.type == "RequestedToCapacityRatio" ? plugins::fit_strategy::requested_to_capacity_ratio
                                                         : plugins::fit_strategy::least_allocated;
    auto const root = field_path(before);
    auto const strategy = root.child("scoringStrategy");
    auto const ratio_at = strategy.child("requestedToCapacityRatio");
    auto const at = ratio_at.child("shape");
    if (s.type != "RequestedToCapacityRatio") return;
    if (!s.requested_to_capacity_ratio || s.requested_to_capacity_ratio->shape.empty())
        return errors.required(at, "at least one point must be specified");
    auto last = std::int32_t{-1};
    auto const& shape = s.requested_to_capacity_ratio->shape;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i].utilization <= last)
            errors.invalid(at.index(i).child("utilization"), shape[i].utilization,
                           "utilization values must be sorted in increasing order");
        last = shape[i].utilization;
        to.shape.push_back({shape[i].utilization, shape[i].score});
    }
}
inline auto take(balance_arguments const& a, std::string const&, profile_settings& to, field_errors&)
    -> void {
    if (!a.resources.empty()) to.balanced_resources = weights_of(a.resources);
}
inline auto take(affinity_arguments const& a, std::string const& before, profile_settings& to,
                 field_errors& errors) -> void {
    if (!a.added_affinity) return;
    auto const root = field_path(before);
    kube::detail::validate_affinity(*a.added_affinity, root.child("addedAffinity"), errors);
    to.added_affinity = *a.added_affinity;
}
inline auto take(spread_arguments const& a, std::string const& before, profile_settings& to,
                 field_errors& errors) -> void {
    auto const root = field_path(before);
    auto const at = root.child("defaultConstraints");
    to.spread_by_system = a.defaulting_type != "List";
    if (to.spread_by_system && !a.default_constraints.empty())
        return errors.invalid(root.child("defaultingType"), "System",
                              "when .defaultConstraints are given, it must be List");
    kube::detail::validate_spreads(a.default_constraints, at, errors);
    for (std::size_t i = 0; i < a.default_constraints.size(); ++i) {
        auto const& c = a.default_constraints[i];
        if (c.label_selector)
            errors.forbidden(at.index(i).child("labelSelector"),
                             "constraint must not define a selector, as they deduced for each pod");
        to.default_constraints.push_back(c);
    }
}
inline auto take(company_arguments const& a, std::string const&, profile_settings& to, field_errors&)
    -> void {
    to.hard_pod_affinity_weight = a.hard_pod_affinity_weight.value_or(1);
    to.ignore_preferences_of_others = a.ignore_preferred_terms_of_existing_pods;
}
inline auto take(preemption_arguments const& a, std::string const& before, profile_settings& to,
                 field_errors& errors) -> void {
    to.least_candidates_percent = static_cast<std::size_t>(a.min_candidate_nodes_percentage.value_or(10));
    to.least_candidates = static_cast<std::size_t>(a.min_candidate_nodes_absolute.value_or(100));
    auto const at = field_path(before);
    if (to.least_candidates_percent == 0 && to.least_candidates == 0)
        errors.invalid(at, "minCandidateNodesPercentage and minCandidateNodesAbsolute cannot both be zero");
}

/// The arguments of one plugin.
struct arguments {
    std::string path;
    boost::json::object json;
};

/// Reads the file and keeps what is wrong with it.
class reader {
public:
    reader(field_errors& errors, plugin_libraries const* libraries) : errors_(errors), libraries_(libraries) {
        if (libraries_ == nullptr) return;
        for (auto const& p : libraries_->plugins())
            more_.push_back({p.name, (p.filters ? point::filter : 0U) | (p.scores ? point::score : 0U),
                             p.scores ? 1 : 0});
    }

    auto read(boost::json::object json) -> scheduler_configuration {
        check_kind(json, "", "KubeSchedulerConfiguration", true, errors_);
        leave_out(json);
        auto const of = take_arguments(json);
        auto const said = detail::read<file>(std::move(json), "", errors_);
        if (said) take_over(*said, of);
        note_unused();
        return std::move(out_);
    }

private:
    using all_arguments = std::vector<std::vector<arguments>>; // by profile and entry

    auto note(std::string sentence) -> void { out_.notes.push_back(std::move(sentence)); }

    /// What has no meaning here: said if somebody might think it has.
    auto leave_out(boost::json::object& json) -> void {
        if (auto const* const e = json.if_contains("extenders")) {
            auto const none = e->is_null() || (e->is_array() && e->get_array().empty());
            auto const at = field_path("extenders");
            if (!none) errors_.forbidden(at, "extenders are not asked: write a filter or a score");
            json.erase("extenders");
        }
        for (auto const* const name : {"leaderElection", "clientConnection", "enableProfiling",
                                       "enableContentionProfiling", "delayCacheUntilActive"}) {
            if (json.erase(name) > 0) note(std::string(name) + " has no effect");
        }
    }
    /// Takes the arguments out of the profiles: each plugin's have a form of their own.
    auto take_arguments(boost::json::object& json) -> all_arguments {
        auto out = all_arguments();
        auto* const profiles = json.if_contains("profiles");
        if (profiles == nullptr || !profiles->is_array()) return out;
        for (auto& p : profiles->get_array()) {
            auto& entries = out.emplace_back();
            auto* const list = p.is_object() ? p.get_object().if_contains("pluginConfig") : nullptr;
            if (list == nullptr || !list->is_array()) continue;
            for (auto& entry : list->get_array()) {
                auto& to = entries.emplace_back();
                to.path = "profiles[" + std::to_string(out.size() - 1) + "].pluginConfig[" +
                          std::to_string(entries.size() - 1) + "].args";
                auto* const args = entry.is_object() ? entry.get_object().if_contains("args") : nullptr;
                if (args == nullptr) continue;
                if (args->is_object()) to.json = std::move(args->get_object());
                else if (!args->is_null()) complain(errors_, to.path, "Invalid type: an object was expected");
                entry.get_object().erase("args");
            }
        }
        return out;
    }

    auto take_over(file const& said, all_arguments const& of) -> void {
        if (said.percentage_of_nodes_to_score.value_or(0) != 0)
            note("percentageOfNodesToScore has no effect: all nodes are looked at");
        auto const first = said.pod_initial_backoff_seconds.value_or(1);
        auto const most = said.pod_max_backoff_seconds.value_or(10);
        auto const most_at = field_path("podMaxBackoffSeconds");
        if (most != 0 && most < first)
            errors_.invalid(most_at, most, "must be greater than or equal to podInitialBackoffSeconds, or 0");
        out_.first_back_off = seconds(first);
        out_.most_back_off = seconds(most);
        if (said.profiles.empty()) return;
        out_.profiles.clear();
        auto const at = field_path("profiles");
        auto names = std::set<std::string>();
        for (std::size_t i = 0; i < said.profiles.size(); ++i) {
            auto const path = at.index(i);
            auto settings = profile_settings();
            auto const& p = said.profiles[i];
            if (!p.scheduler_name.empty()) settings.name = p.scheduler_name;
            else if (said.profiles.size() > 1)
                errors_.required(path.child("schedulerName"), "of several profiles each needs its name");
            if (!names.insert(settings.name).second)
                errors_.duplicate(path.child("schedulerName"), settings.name);
            if (p.percentage_of_nodes_to_score.value_or(0) != 0)
                note("percentageOfNodesToScore of " + settings.name +
                     " has no effect: all nodes are looked at");
            auto own = field_errors();
            choose_plugins(p.plugins, path.child("plugins"), settings, own, more_);
            for (auto const& c : own.causes()) complain(errors_, c.field, c.message);
            read_arguments(p, of[i], path, settings);
            if (errors_.empty()) open_from_libraries(p, of[i], path, settings);
            out_.profiles.push_back(std::move(settings));
        }
    }
    auto read_arguments(profile const& p, std::vector<arguments> const& of, field_path const& at,
                        profile_settings& to) -> void {
        auto const list = at.child("pluginConfig");
        auto seen = std::set<std::string>();
        for (std::size_t i = 0; i < p.plugin_config.size(); ++i) {
            auto const& name = p.plugin_config[i].name;
            auto const path = list.index(i);
            auto const found = std::ranges::find(takers(), name, &taker::name);
            if (!seen.insert(name).second) errors_.duplicate(path.child("name"), name);
            else if (found != takers().end()) (this->*found->read)(name, of[i], to);
            else if (!is_from_library(name))
                errors_.not_supported(path.child("name"), name, names_of_takers());
        }
    }
    auto note_unused() -> void {
        for (auto const& plugin : more_) {
            auto const uses = [&](profile_settings const& s) {
                return s.filters_by(plugin.name) || s.scores.contains(plugin.name);
            };
            if (std::ranges::none_of(out_.profiles, uses))
                note("plugin " + std::string(plugin.name) + " of a library is in no profile");
        }
    }
    auto is_from_library(std::string_view name) const -> bool {
        return std::ranges::find(more_, name, &stock_plugin::name) != more_.end();
    }
    /// Opens the plugins of libraries that are on, each with its arguments.
    auto open_from_libraries(profile const& p, std::vector<arguments> const& of, field_path const& at,
                             profile_settings& to) -> void {
        auto all = std::vector<plugins::library_plugin>();
        for (auto const& plugin : more_) {
            auto const weight = to.scores.find(plugin.name);
            auto const as_score = weight != to.scores.end();
            auto const as_filter = to.filters_by(plugin.name);
            if (!as_filter && !as_score) continue;
            auto text = std::string();
            auto path = at.child("plugins").to_string();
            for (std::size_t i = 0; i < p.plugin_config.size(); ++i) {
                if (p.plugin_config[i].name != plugin.name) continue;
                path = of[i].path;
                if (!of[i].json.empty()) text = boost::json::serialize(of[i].json);
            }
            auto opened = libraries_->open(plugin.name, as_filter, as_score, text);
            if (!opened) {
                complain(errors_, path, opened.error().message);
                continue;
            }
            if (as_score) opened->weight = static_cast<schedule::points>(weight->second);
            all.push_back(*std::move(opened));
        }
        if (!all.empty())
            to.from_libraries = std::make_shared<std::vector<plugins::library_plugin> const>(std::move(all));
    }
    /// The plugins that take arguments, and how these are read.
    struct taker {
        std::string_view name;
        void (reader::*read)(std::string const&, arguments, profile_settings&);
    };
    static auto takers() -> std::span<taker const> {
        static constexpr taker all[] = {
            {"DefaultPreemption", &reader::read_as<preemption_arguments>},
            {"InterPodAffinity", &reader::read_as<company_arguments>},
            {"NodeAffinity", &reader::read_as<affinity_arguments>},
            {"NodeResourcesBalancedAllocation", &reader::read_as<balance_arguments>},
            {"NodeResourcesFit", &reader::read_as<fit_arguments>},
            {"PodTopologySpread", &reader::read_as<spread_arguments>},
            {"VolumeBinding", &reader::read_as<binding_arguments>}};
        return all;
    }
    auto names_of_takers() const -> std::vector<std::string_view> {
        auto out = std::vector<std::string_view>();
        for (auto const& t : takers()) out.push_back(t.name);
        for (auto const& p : more_) out.push_back(p.name);
        return out;
    }
    template <class T> auto read_as(std::string const& name, arguments from, profile_settings& to) -> void {
        check_kind(from.json, from.path, name + "Args", false, errors_);
        auto const said = detail::read<T>(std::move(from.json), from.path, errors_);
        if (!said) return;
        if constexpr (std::is_same_v<T, binding_arguments>) {
            if (said->bind_timeout_seconds) out_.volume_binding_limit = seconds(*said->bind_timeout_seconds);
        } else {
            take(*said, from.path, to, errors_);
        }
    }

    field_errors& errors_;
    plugin_libraries const* libraries_;
    std::vector<stock_plugin> more_ = {}; ///< the plugins of libraries
    scheduler_configuration out_ = {};
};

/// All complaints, one on a line, with where they are.
inline auto refuse(field_errors const& errors, configuration_location const& where)
    -> std::unexpected<error> {
    auto out = std::string();
    for (auto const& c : errors.causes()) {
        if (!out.empty()) out += '\n';
        out += where(c.field) + (c.field.empty() ? "" : c.field + ": ") + c.message;
    }
    return fail(error_code::invalid, std::move(out));
}

} // namespace berth::kube::configuration::detail

namespace berth::kube {

BERTH_DECL auto read_scheduler_configuration(std::string_view json, configuration_location const& where,
                                             plugin_libraries const* libraries)
    -> result<scheduler_configuration> {
    auto const refuse = [&](std::string const& why) { return fail(error_code::invalid, where("") + why); };
    auto document = object::parse_document(json);
    if (!document) return refuse(document.error().message);
    if (!document->value.is_object()) return refuse("a KubeSchedulerConfiguration was expected, a mapping");
    auto errors = api::field_errors();
    for (auto const& path : document->duplicate_paths)
        configuration::detail::complain(errors, path, "Duplicate field");
    auto out = configuration::detail::reader(errors, libraries).read(std::move(document->value.get_object()));
    if (!errors.empty()) return configuration::detail::refuse(errors, where);
    return out;
}

} // namespace berth::kube
