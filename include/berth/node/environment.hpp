#pragma once

/// \file
/// The environment of a container: literal values, fields of the pod, ConfigMaps and Secrets (the kubelet's
/// `makeEnvironmentVariables`, Kubernetes 1.36). Variables for services are not made.

#include <berth/api/client.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/node/expansion.hpp>
#include <berth/node/runtime.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace berth::node {

namespace detail {

/// Variables as they are gathered: the last value of a name counts, in the place of the first.
class variable_set {
public:
    auto set(std::string_view name, std::string value) -> void;
    [[nodiscard]] auto find(std::string_view name) const -> std::string const*;
    [[nodiscard]] auto take() && -> std::vector<environment_variable>;

private:
    auto find_variable(std::string_view name) -> environment_variable*;
    std::vector<environment_variable> variables_;
};

/// `metadata.labels['key']` -> key, if the path is about `map`.
[[nodiscard]] BERTH_DECL auto subscript(std::string_view path, std::string_view map)
    -> std::optional<std::string_view>;

} // namespace detail

/// The value of a field of a pod that variables and volumes may name. Errors: `invalid`.
[[nodiscard]] BERTH_DECL auto field_of(kube::pod const& pod, std::string_view path) -> result<std::string>;

/// A limit or request of a container in units of the divisor, rounded up; a missing limit is `node`'s amount.
[[nodiscard]] BERTH_DECL auto resource_of(kube::container const& c,
                                          kube::resource_field_selector const& selector,
                                          kube::resource_list const& node) -> result<std::string>;

/// Resolves the variables of one container of a pod. Objects are read through the client, each once.
template <api::client Client> class environment_resolver {
public:
    environment_resolver(Client& client, kube::pod const& pod, kube::resource_list const& node)
        : client_(client), pod_(pod), node_(node) {}

    /// All variables, in order. Errors: those of the client, `not_found` for what is missing (in the words of
    /// the kubelet), `invalid`.
    auto resolve(kube::container const& c) -> result<std::vector<environment_variable>> {
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

private:
    using optional_text = std::optional<std::string>;

    auto value_of(kube::container const& c, kube::env_var const& v, detail::variable_set const& own)
        -> result<optional_text> {
        if (!v.value_from)
            return expand_variables(v.value, [&own](std::string_view name) { return own.find(name); });
        auto const& from = *v.value_from;
        if (from.field_ref) return wrap(field_of(pod_, from.field_ref->field_path));
        if (from.resource_field_ref)
            return wrap(
                resource_of(container_for(c, *from.resource_field_ref), *from.resource_field_ref, node_));
        if (from.config_map_key_ref) {
            auto const& ref = *from.config_map_key_ref;
            return key_of<kube::config_map>("configmap", "ConfigMap", ref);
        }
        if (from.secret_key_ref) return key_of<kube::secret>("secret", "Secret", *from.secret_key_ref);
        return fail(error_code::invalid, "the variable " + v.name + " has a source that is not supported");
    }

    static auto wrap(result<std::string> text) -> result<optional_text> {
        if (!text) return std::unexpected(std::move(text).error());
        return optional_text(*std::move(text));
    }

    auto container_for(kube::container const& c, kube::resource_field_selector const& selector)
        -> kube::container const& {
        for (auto const& other : pod_.spec.containers)
            if (other.name == selector.container_name) return other;
        return c;
    }

    static auto text_in(kube::config_map const& map, std::string_view key) -> std::string const* {
        return map.data.find(key);
    }
    static auto text_in(kube::secret const& map, std::string_view key) -> std::string const* {
        auto const* value = map.data.find(key);
        return value == nullptr ? nullptr : &value->data;
    }
    static auto each(kube::config_map const& map, auto const& visit) -> void {
        for (auto const& [key, value] : map.data) visit(key, value);
    }
    static auto each(kube::secret const& map, auto const& visit) -> void {
        for (auto const& [key, value] : map.data) visit(key, value.data);
    }

    /// The object, nothing if it is optional and missing, or an error.
    template <class T> auto read(std::string_view word, std::string const& name, bool optional)
        -> result<object::stored<T>> {
        auto found = api::get<T>(client_, {pod_.metadata.namespace_, name});
        if (found || found.error().code != error_code::not_found) return found;
        if (optional) return object::stored<T>();
        return fail(error_code::not_found, std::string(word) + " \"" + name + "\" not found");
    }

    template <class T> auto key_of(std::string_view word, std::string_view kind, auto const& ref)
        -> result<optional_text> {
        auto const optional = ref.optional.value_or(false);
        auto const found = read<T>(word, ref.name, optional);
        if (!found) return std::unexpected(found.error());
        if (!*found) return optional_text();
        if (auto const* text = text_in(**found, ref.key)) return optional_text(*text);
        if (optional) return optional_text();
        return fail(error_code::not_found, "couldn't find key " + ref.key + " in " + std::string(kind) + " " +
                                               pod_.metadata.namespace_ + "/" + ref.name);
    }

    template <class T> auto add_map(std::string_view word, auto const& ref, std::string const& prefix,
                                    detail::variable_set& all) -> result<void> {
        auto const found = read<T>(word, ref.name, ref.optional.value_or(false));
        if (!found) return std::unexpected(found.error());
        if (!*found) return {};
        each(**found, [&](std::string const& key, std::string const& value) {
            if (key.find('=') == std::string::npos) all.set(prefix + key, value);
        });
        return {};
    }
    auto add_all(kube::env_from_source const& source, detail::variable_set& all) -> result<void> {
        if (source.config_map_ref)
            return add_map<kube::config_map>("configmap", *source.config_map_ref, source.prefix, all);
        if (source.secret_ref) return add_map<kube::secret>("secret", *source.secret_ref, source.prefix, all);
        return {};
    }

    Client& client_;
    kube::pod const& pod_;
    kube::resource_list const& node_;
};

/// A container's command and arguments with its variables put in.
[[nodiscard]] BERTH_DECL auto command_of(kube::container const& c,
                                         std::vector<environment_variable> const& variables)
    -> std::vector<std::string>;

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/environment.ipp>
#endif
