#pragma once

/// \file
/// The bodies of `berth/node/volume_files.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/authentication/token_request/type.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/kube/core/service_account/type.hpp>
#include <berth/node/volume_files.hpp>

#include <utility>

namespace berth::node::detail {

inline auto bytes_in(kube::config_map const& map, std::string_view key) -> std::optional<std::string_view> {
    if (auto const* text = map.data.find(key)) return *text;
    if (auto const* data = map.binary_data.find(key)) return data->data;
    return std::nullopt;
}

inline auto bytes_in(kube::secret const& map, std::string_view key) -> std::optional<std::string_view> {
    if (auto const* data = map.data.find(key)) return data->data;
    return std::nullopt;
}

inline auto keys_of(kube::config_map const& map) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& [key, value] : map.data) out.push_back(key);
    for (auto const& [key, value] : map.binary_data) out.push_back(key);
    return out;
}

inline auto keys_of(kube::secret const& map) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& [key, value] : map.data) out.push_back(key);
    return out;
}

/// All labels or annotations, one a line, as Go quotes texts.
inline auto listed(object::string_map const& map) -> std::string {
    auto out = std::string();
    for (auto const& [key, value] : map) {
        out.append(out.empty() ? "" : "\n").append(key).append("=\"");
        for (auto const letter : value) {
            if (letter == '"' || letter == '\\') out += '\\';
            if (letter == '\n') out += "\\n";
            else if (letter == '\t') out += "\\t";
            else if (letter == '\r') out += "\\r";
            else out += letter;
        }
        out += '"';
    }
    return out;
}

/// What volumes may have of a pod: also all labels or annotations.
inline auto field_for_file(kube::pod const& p, std::string const& path) -> result<std::string> {
    if (path == "metadata.labels") return listed(p.metadata.labels);
    if (path == "metadata.annotations") return listed(p.metadata.annotations);
    return field_of(p, path);
}

/// The kubelet's two ways to say that a key is missing.
inline auto missing_key(std::string_view word, std::string const& key) -> std::unexpected<error> {
    auto const what = word == "secret" ? "references non-existent secret key: "
                                       : "configmap references non-existent config key: ";
    return fail(error_code::not_found, what + key);
}

} // namespace berth::node::detail

namespace berth::node {

BERTH_DECL auto volume_files::gather(kube::volume const& v, bool with_tokens)
    -> result<std::vector<volume_file>> {
    found_.clear();
    with_tokens_ = with_tokens;
    auto done = result<void>();
    if (v.config_map)
        done = add_object<kube::config_map>("configmap", v.config_map->name, v.config_map->items,
                                            v.config_map->optional.value_or(false));
    else if (v.secret)
        done = add_object<kube::secret>("secret", v.secret->secret_name, v.secret->items,
                                        v.secret->optional.value_or(false));
    else if (v.downward_api) done = add_fields(v.downward_api->items);
    else if (v.projected)
        for (auto const& source : v.projected->sources)
            if (done = add_projection(source); !done) break;
    if (!done) return std::unexpected(std::move(done).error());
    return std::move(found_);
}

BERTH_DECL auto volume_files::add_projection(kube::volume_projection const& source) -> result<void> {
    if (auto const& s = source.config_map)
        return add_object<kube::config_map>("configmap", s->name, s->items, s->optional.value_or(false));
    if (auto const& s = source.secret)
        return add_object<kube::secret>("secret", s->name, s->items, s->optional.value_or(false));
    if (source.downward_api) return add_fields(source.downward_api->items);
    if (source.service_account_token) return add_token(*source.service_account_token);
    if (source.cluster_trust_bundle && source.cluster_trust_bundle->optional.value_or(false)) return {};
    return fail(error_code::invalid, "this source of a projected volume is not supported by this node");
}

/// Bound to the pod: it ends with it.
BERTH_DECL auto volume_files::add_token(kube::service_account_token_projection const& what) -> result<void> {
    if (!with_tokens_) return {};
    auto asked = kube::token_request();
    if (!what.audience.empty()) asked.spec.audiences = {what.audience};
    asked.spec.expiration_seconds = what.expiration_seconds.value_or(3600);
    auto& whose = asked.spec.bound_object_ref.engage();
    whose.kind = "Pod";
    whose.api_version = "v1";
    whose.name = pod_->metadata.name;
    whose.uid = pod_->metadata.uid;
    auto const& m = pod_->metadata;
    auto const account = object::key{m.namespace_, pod_->spec.service_account_name};
    auto const answer = client_.act(kube::service_account::resource, account, "token",
                                    object::any_object(std::move(asked)), api::create_options{});
    if (answer) {
        found_.push_back({what.path, answer->object.as<kube::token_request>().status.token});
        return {};
    }
    auto const code = answer.error().code;
    if (code == error_code::method_not_allowed || code == error_code::unavailable) return {};
    return fail(code, "failed to fetch token: " + answer.error().message);
}

template <class T>
auto volume_files::add_object(std::string_view word, std::string const& name,
                              object::list<kube::key_to_path> const& items, bool optional) -> result<void> {
    auto const found = api::get<T>(client_, {pod_->metadata.namespace_, name});
    if (!found && found.error().code != error_code::not_found) return std::unexpected(found.error());
    if (!found && optional) return {};
    if (!found) return fail(error_code::not_found, std::string(word) + " \"" + name + "\" not found");
    for (auto const& item : items) {
        auto const bytes = detail::bytes_in(**found, item.key);
        if (bytes) found_.push_back({item.path, std::string(*bytes)});
        else if (!optional) return detail::missing_key(word, item.key);
    }
    if (!items.empty()) return {};
    for (auto& key : detail::keys_of(**found)) {
        auto text = std::string(*detail::bytes_in(**found, key));
        found_.push_back({std::move(key), std::move(text)});
    }
    return {};
}

BERTH_DECL auto volume_files::add_fields(object::list<kube::downward_api_volume_file> const& items)
    -> result<void> {
    for (auto const& item : items) {
        auto text = item.field_ref            ? detail::field_for_file(*pod_, item.field_ref->field_path)
                    : item.resource_field_ref ? amount_of(*item.resource_field_ref)
                                              : result<std::string>();
        if (!text) return std::unexpected(std::move(text).error());
        found_.push_back({item.path, *std::move(text)});
    }
    return {};
}

BERTH_DECL auto volume_files::amount_of(kube::resource_field_selector const& of) -> result<std::string> {
    for (auto const* const list : {&pod_->spec.containers, &pod_->spec.init_containers})
        for (auto const& c : *list)
            if (c.name == of.container_name) return resource_of(c, of, *node_);
    return fail(error_code::invalid, "container " + of.container_name + " not found");
}

} // namespace berth::node
