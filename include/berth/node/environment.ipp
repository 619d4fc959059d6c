#pragma once

/// \file
/// The bodies of `berth/node/environment.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/node/environment.hpp>

namespace berth::node::detail {

BERTH_DECL auto variable_set::set(std::string_view name, std::string value) -> void {
    if (auto* const known = find_variable(name)) known->value = std::move(value);
    else variables_.push_back({std::string(name), std::move(value)});
}

BERTH_DECL auto variable_set::find(std::string_view name) const -> std::string const* {
    for (auto const& v : variables_)
        if (v.name == name) return &v.value;
    return nullptr;
}

BERTH_DECL auto variable_set::take() && -> std::vector<environment_variable> { return std::move(variables_); }

BERTH_DECL auto variable_set::find_variable(std::string_view name) -> environment_variable* {
    for (auto& v : variables_)
        if (v.name == name) return &v;
    return nullptr;
}

BERTH_DECL auto subscript(std::string_view path, std::string_view map) -> std::optional<std::string_view> {
    if (!path.starts_with(map)) return std::nullopt;
    path.remove_prefix(map.size());
    if (!path.starts_with("['") || !path.ends_with("']") || path.size() < 4) return std::nullopt;
    return path.substr(2, path.size() - 4);
}

} // namespace berth::node::detail

namespace berth::node {

BERTH_DECL auto field_of(kube::pod const& pod, std::string_view path) -> result<std::string> {
    if (path == "metadata.name") return pod.metadata.name;
    if (path == "metadata.namespace") return pod.metadata.namespace_;
    if (path == "metadata.uid") return pod.metadata.uid;
    if (path == "spec.nodeName") return pod.spec.node_name;
    if (path == "spec.serviceAccountName") return pod.spec.service_account_name;
    if (path == "status.hostIP" || path == "status.hostIPs") return pod.status.host_ip;
    if (path == "status.podIP" || path == "status.podIPs") return pod.status.pod_ip;
    if (auto const key = detail::subscript(path, "metadata.labels")) return pod.metadata.labels.get(*key);
    if (auto const key = detail::subscript(path, "metadata.annotations"))
        return pod.metadata.annotations.get(*key);
    return fail(error_code::invalid, "unsupported fieldPath: " + std::string(path));
}

BERTH_DECL auto resource_of(kube::container const& c, kube::resource_field_selector const& selector,
                            kube::resource_list const& node) -> result<std::string> {
    auto const dot = selector.resource_.find('.');
    auto const which = std::string_view(selector.resource_).substr(0, dot);
    auto const name =
        dot == std::string::npos ? std::string_view() : std::string_view(selector.resource_).substr(dot + 1);
    if ((which != "limits" && which != "requests") || name.empty())
        return fail(error_code::invalid, "unsupported container resource : " + selector.resource_);
    auto const* amount = (which == "limits" ? c.resources.limits : c.resources.requests).find(name);
    if (amount == nullptr && which == "limits") amount = node.find(name);
    if (amount == nullptr) return std::string("0");
    auto const scale = name == "cpu" ? -3 : 0;
    auto const unit = selector.divisor.is_zero() ? object::quantity::of(1) : selector.divisor;
    auto const total = amount->scaled_value(scale);
    auto const divisor = unit.scaled_value(scale);
    if (divisor <= 0)
        return fail(error_code::invalid, "the divisor of " + selector.resource_ + " must be positive");
    return std::to_string(total / divisor + (total % divisor > 0 ? 1 : 0));
}

BERTH_DECL auto command_of(kube::container const& c, std::vector<environment_variable> const& variables)
    -> std::vector<std::string> {
    auto const value_of = [&variables](std::string_view name) -> std::string const* {
        for (auto const& v : variables)
            if (v.name == name) return &v.value;
        return nullptr;
    };
    auto out = std::vector<std::string>();
    if (c.command.empty()) return out; // the image's own entry point would be needed
    for (auto const& word : c.command) out.push_back(expand_variables(word, value_of));
    for (auto const& word : c.args) out.push_back(expand_variables(word, value_of));
    return out;
}

namespace detail {

inline auto text_in(kube::config_map const& map, std::string_view key) -> std::string const* {
    return map.data.find(key);
}

inline auto text_in(kube::secret const& map, std::string_view key) -> std::string const* {
    auto const* value = map.data.find(key);
    return value == nullptr ? nullptr : &value->data;
}

inline auto each(kube::config_map const& map, auto const& visit) -> void {
    for (auto const& [key, value] : map.data) visit(key, value);
}

inline auto each(kube::secret const& map, auto const& visit) -> void {
    for (auto const& [key, value] : map.data) visit(key, value.data);
}

} // namespace detail

BERTH_DECL environment_resolver::environment_resolver(api::any_client client, kube::pod const& pod,
                                                      kube::resource_list const& node)
    : client_(std::move(client)), pod_(pod), node_(node) {}

BERTH_DECL auto environment_resolver::resolve(kube::container const& c)
    -> result<std::vector<environment_variable>> {
    auto all = detail::variable_set();
    auto own = detail::variable_set();
    all.set("HOSTNAME", pod_.spec.hostname.empty() ? pod_.metadata.name : pod_.spec.hostname);
    for (auto const& source : c.env_from)
        if (auto const done = add_all(source, all); !done) return std::unexpected(done.error());
    for (auto const& v : c.env) {
        auto value = value_of(c, v, own);
        if (!value) return std::unexpected(std::move(value).error());
        if (!*value) continue;
        own.set(v.name, **value);
        all.set(v.name, **std::move(value));
    }
    return std::move(all).take();
}

BERTH_DECL auto environment_resolver::value_of(kube::container const& c, kube::env_var const& v,
                                               detail::variable_set const& own) -> result<optional_text> {
    if (!v.value_from)
        return expand_variables(v.value, [&own](std::string_view name) { return own.find(name); });
    auto const& from = *v.value_from;
    if (from.field_ref) return wrap(field_of(pod_, from.field_ref->field_path));
    if (from.resource_field_ref)
        return wrap(resource_of(container_for(c, *from.resource_field_ref), *from.resource_field_ref, node_));
    if (from.config_map_key_ref) {
        auto const& ref = *from.config_map_key_ref;
        return key_of<kube::config_map>("configmap", "ConfigMap", ref);
    }
    if (from.secret_key_ref) return key_of<kube::secret>("secret", "Secret", *from.secret_key_ref);
    return fail(error_code::invalid, "the variable " + v.name + " has a source that is not supported");
}

BERTH_DECL auto environment_resolver::wrap(result<std::string> text) -> result<optional_text> {
    if (!text) return std::unexpected(std::move(text).error());
    return optional_text(*std::move(text));
}

BERTH_DECL auto environment_resolver::container_for(kube::container const& c,
                                                    kube::resource_field_selector const& selector)
    -> kube::container const& {
    for (auto const& other : pod_.spec.containers)
        if (other.name == selector.container_name) return other;
    return c;
}

template <class T> auto environment_resolver::read(std::string_view word, std::string const& name,
                                                   bool optional) -> result<object::stored<T>> {
    auto found = api::get<T>(client_, {pod_.metadata.namespace_, name});
    if (found || found.error().code != error_code::not_found) return found;
    if (optional) return object::stored<T>();
    return fail(error_code::not_found, std::string(word) + " \"" + name + "\" not found");
}

template <class T> auto environment_resolver::key_of(std::string_view word, std::string_view kind,
                                                     auto const& ref) -> result<optional_text> {
    auto const optional = ref.optional.value_or(false);
    auto const found = read<T>(word, ref.name, optional);
    if (!found) return std::unexpected(found.error());
    if (!*found) return optional_text();
    if (auto const* text = detail::text_in(**found, ref.key)) return optional_text(*text);
    if (optional) return optional_text();
    return fail(error_code::not_found, "couldn't find key " + ref.key + " in " + std::string(kind) + " " +
                                           pod_.metadata.namespace_ + "/" + ref.name);
}

template <class T> auto environment_resolver::add_map(std::string_view word, auto const& ref,
                                                      std::string const& prefix, detail::variable_set& all)
    -> result<void> {
    auto const found = read<T>(word, ref.name, ref.optional.value_or(false));
    if (!found) return std::unexpected(found.error());
    if (!*found) return {};
    detail::each(**found, [&](std::string const& key, std::string const& value) {
        if (key.find('=') == std::string::npos) all.set(prefix + key, value);
    });
    return {};
}

BERTH_DECL auto environment_resolver::add_all(kube::env_from_source const& source, detail::variable_set& all)
    -> result<void> {
    if (source.config_map_ref)
        return add_map<kube::config_map>("configmap", *source.config_map_ref, source.prefix, all);
    if (source.secret_ref) return add_map<kube::secret>("secret", *source.secret_ref, source.prefix, all);
    return {};
}

} // namespace berth::node
