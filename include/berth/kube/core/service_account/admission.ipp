#pragma once

/// \file
/// The bodies of `berth/kube/core/service_account/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/fnv.hpp>
#include <berth/core/random.hpp>
#include <berth/kube/core/service_account/admission.hpp>
#include <berth/kube/core/service_account/secrets.hpp>

#include <range/v3/view/concat.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace berth::kube::detail {

/// The volume in which a pod finds its token, the authority's certificate and its namespace.
inline auto token_volume(std::string name) -> volume {
    auto out = volume{};
    out.name = std::move(name);
    auto& projected = out.projected.engage();
    projected.default_mode = 0644;
    auto& token = projected.sources.emplace_back().service_account_token.engage();
    token.expiration_seconds = 3607;
    token.path = "token";
    auto& authority = projected.sources.emplace_back().config_map.engage();
    authority.name = "kube-root-ca.crt";
    authority.items.emplace_back();
    authority.items.back().key = authority.items.back().path = "ca.crt";
    auto& own = projected.sources.emplace_back().downward_api.engage().items.emplace_back();
    own.path = "namespace";
    own.field_ref.engage().api_version = "v1";
    own.field_ref->field_path = "metadata.namespace";
    return out;
}

inline auto mounts_token(container const& c) -> bool {
    for (auto const& m : c.volume_mounts)
        if (m.mount_path == token_path) return true;
    return false;
}

inline constexpr std::string_view token_volume_prefix = "kube-api-access-";

/// The name of the volume with the token of an account: the same in all its pods, so that pods of one
/// template go on having their containers and volumes in common, but for those that have another volume of
/// this name.
inline auto token_volume_name(pod_spec const& spec, std::string const& space, std::uint64_t seed)
    -> std::string {
    auto draw = random_engine(seed ^ fnv1a_64(space + '/' + spec.service_account_name));
    while (true) {
        auto name = std::string(token_volume_prefix) + draw.suffix(5);
        if (std::ranges::none_of(spec.volumes, [&](volume const& v) { return v.name == name; })) return name;
    }
}

inline auto mount_token(pod_spec& spec, std::string const& space, std::uint64_t seed) -> void {
    auto name = std::string();
    for (auto const& v : std::as_const(spec.volumes))
        if (v.name.starts_with(token_volume_prefix) && v.projected) name = v.name;
    auto const known = !name.empty();
    if (!known) name = token_volume_name(spec, space, seed);
    auto mounted = false;
    for (auto& c : ranges::views::concat(spec.init_containers, spec.containers)) {
        if (mounts_token(c)) continue;
        auto& m = c.volume_mounts.emplace_back();
        m.name = name;
        m.read_only = true;
        m.mount_path = token_path;
        mounted = true;
    }
    if (mounted && !known) spec.volumes.push_back(token_volume(name));
}

inline auto give_account(api::admission_request& r, api::admission_world const& world, std::uint64_t seed)
    -> result<void> {
    auto& p = r.object->as<pod>();
    auto const refused = [&](std::string const& why) -> result<void> { return api::refused(r, why); };
    if (p.metadata.annotations.contains("kubernetes.io/config.mirror")) {
        auto const why = mirror_problem(p.spec);
        return why.empty() ? result<void>() : refused(why);
    }
    if (p.spec.service_account_name.empty()) p.spec.service_account_name = "default";
    p.spec.service_account = p.spec.service_account_name;
    auto const account = world.find_as<service_account>({r.namespace_, p.spec.service_account_name});
    if (!account && account.error().code != error_code::not_found) return std::unexpected(account.error());
    if (!account)
        return api::refused(r, "error looking up service account " + r.namespace_ + "/" +
                                   p.spec.service_account_name + ": serviceaccount \"" +
                                   p.spec.service_account_name + "\" not found");
    if (p.spec.automount_service_account_token.value_or(
            (*account)->automount_service_account_token.value_or(true)))
        mount_token(p.spec, r.namespace_, seed);
    if (p.spec.image_pull_secrets.empty()) p.spec.image_pull_secrets = (*account)->image_pull_secrets;
    if (!limits_secrets(**account)) return {};
    auto const why = secret_problem(**account, p.spec);
    return why.empty() ? result<void>() : refused(why);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto service_account_admission(std::uint64_t seed) -> api::admission {
    auto step = [seed](api::admission_request& r, api::admission_world const& world) -> result<void> {
        if (r.op != api::admission_request::operation::create || r.of.type != &object::type_of<pod>())
            return {};
        return detail::give_account(r, world, seed);
    };
    return {"ServiceAccount", std::move(step), {}, {&service_account::resource}};
}

} // namespace berth::kube
