#pragma once

/// \file
/// The environment of a container: literal values, fields of the pod, ConfigMaps and Secrets (the kubelet's
/// `makeEnvironmentVariables`, Kubernetes 1.36). Variables for services are not made.

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
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
class environment_resolver {
public:
    environment_resolver(api::any_client client, kube::pod const& pod, kube::resource_list const& node);

    /// All variables, in order. Errors: those of the client, `not_found` for what is missing (in the words of
    /// the kubelet), `invalid`.
    auto resolve(kube::container const& c) -> result<std::vector<environment_variable>>;

private:
    using optional_text = std::optional<std::string>;

    auto value_of(kube::container const& c, kube::env_var const& v, detail::variable_set const& own)
        -> result<optional_text>;

    static auto wrap(result<std::string> text) -> result<optional_text>;

    auto container_for(kube::container const& c, kube::resource_field_selector const& selector)
        -> kube::container const&;

    /// The object, nothing if it is optional and missing, or an error.
    template <class T> auto read(std::string_view word, std::string const& name, bool optional)
        -> result<object::stored<T>>;

    template <class T> auto key_of(std::string_view word, std::string_view kind, auto const& ref)
        -> result<optional_text>;

    template <class T> auto add_map(std::string_view word, auto const& ref, std::string const& prefix,
                                    detail::variable_set& all) -> result<void>;
    auto add_all(kube::env_from_source const& source, detail::variable_set& all) -> result<void>;

    api::any_client client_;
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
