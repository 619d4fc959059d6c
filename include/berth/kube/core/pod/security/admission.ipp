#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/security/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/kube/core/pod/security/admission.hpp>
#include <berth/kube/core/pod/security/violations.hpp>
#include <berth/kube/core/pod/type.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace berth::kube::detail {

using api::admission_request;
using api::admission_world;

/// The template for pods in an object of a kind of workloads, or null.
inline auto find_pod_template(object::type_info const& type, void const* value) -> pod_template_spec const* {
    for (auto const* const name : {"spec", "jobTemplate", "template"}) {
        auto const* const f = type.field(name);
        if (f == nullptr) continue;
        auto const* t = &f->type();
        auto const* in = f->in(value);
        if (t->form == object::shape::optional) {
            if (t->size(in) == 0) return nullptr;
            in = t->at(in, 0);
            t = &t->element();
        }
        if (t == &object::type_of<pod_template_spec>()) return static_cast<pod_template_spec const*>(in);
        if (t->form != object::shape::record) continue;
        if (auto const* const found = find_pod_template(*t, in)) return found;
    }
    return nullptr;
}

/// What the namespace of a request demands.
inline auto demanded(admission_request const& r, admission_world const& world) -> result<security_policy> {
    auto const space = world.find_as<namespace_>({{}, r.namespace_});
    if (!space) return std::unexpected(space.error());
    auto ignored = api::field_errors();
    return security_policy_of((*space)->metadata.labels, ignored);
}

/// Of what may change of a pod, only images matter, and what annotations say of its containers.
inline auto changes_security(pod const& now, pod const& before) -> bool {
    auto const same = [&](auto const& a, auto const& b) {
        if (a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i)
            if (a[i].image != b[i].image) return false;
        return true;
    };
    auto const profiles = [](pod const& p) {
        auto out = std::vector<std::string>();
        for (auto const& [key, value] : p.metadata.annotations)
            if (key.find("seccomp.security.alpha.kubernetes.io/") != std::string::npos ||
                key.find("apparmor.security.beta.kubernetes.io/") != std::string::npos)
                out.push_back(key + "=" + value);
        return out;
    };
    return !same(now.spec.containers, before.spec.containers) ||
           !same(now.spec.init_containers, before.spec.init_containers) ||
           now.spec.ephemeral_containers.size() != before.spec.ephemeral_containers.size() ||
           profiles(now) != profiles(before);
}

inline auto warn_of(admission_request& r, object::string_map const& annotations, pod_spec const& s,
                    security_demand const& demand) -> void {
    auto const found = security_violations(annotations, s, demand);
    if (!found.empty())
        r.warnings.push_back("would violate PodSecurity \"" + demand.to_string() +
                             "\": " + shown_violations(found));
}

inline auto admit_pod(admission_request& r, admission_world const& world) -> result<void> {
    if (!r.subresource.empty() && r.subresource != "ephemeralcontainers") return {};
    auto const& p = r.object->as<pod>();
    auto const update = r.op == admission_request::operation::update;
    if (update && !changes_security(p, r.before.as<pod>())) return {};
    auto const policy = demanded(r, world);
    if (!policy) return std::unexpected(policy.error());
    auto const broken = security_violations(p.metadata.annotations, p.spec, policy->enforce);
    if (!broken.empty())
        return api::refused(r, "violates PodSecurity \"" + policy->enforce.to_string() +
                                   "\": " + shown_violations(broken));
    warn_of(r, p.metadata.annotations, p.spec, policy->warn);
    return {};
}

inline auto admit_template(admission_request& r, admission_world const& world) -> result<void> {
    auto const* const t = find_pod_template(*r.of.type, r.object->data());
    if (t == nullptr || !r.subresource.empty()) return {};
    auto const policy = demanded(r, world);
    if (!policy) return std::unexpected(policy.error());
    warn_of(r, t->metadata.annotations, t->spec, policy->warn);
    return {};
}

/// Pods that are alike in what they break.
struct broken_pods {
    std::string first; ///< by name
    std::size_t count = 0;
};

inline auto shown_broken(std::string const& reasons, broken_pods const& pods) -> std::string {
    auto const others = pods.count - 1;
    auto const more = others == 0   ? std::string()
                      : others == 1 ? std::string(" (and 1 other pod)")
                                    : " (and " + std::to_string(others) + " other pods)";
    return pods.first + more + ": " + reasons;
}

/// Tells which pods of a namespace break what it begins to enforce. One pod of each controller stands for
/// all of it as long as others are to be looked at.
inline auto warn_of_existing(admission_request& r, admission_world const& world,
                             security_demand const& demand) -> result<void> {
    constexpr std::size_t most = 3000;
    auto const all = world.list(pod::resource);
    if (!all) return std::unexpected(all.error());
    auto mine = std::vector<pod const*>();
    auto others = std::vector<pod const*>();
    auto controllers = std::set<std::string_view>();
    for (auto const& ref : *all) {
        auto const& p = ref.object.as<pod>();
        if (p.metadata.namespace_ != r.name) continue;
        auto const* const owner = object::controller_of(p.metadata);
        (owner == nullptr || controllers.insert(owner->uid).second ? mine : others).push_back(&p);
    }
    mine.insert(mine.end(), others.begin(), others.end());
    auto broken = std::map<std::string, broken_pods>();
    for (std::size_t i = 0; i < std::min(most, mine.size()); ++i) {
        auto const found = security_violations(mine[i]->metadata.annotations, mine[i]->spec, demand);
        if (found.empty()) continue;
        auto& like = broken[shown_reasons(found)];
        if (like.count++ == 0 || mine[i]->metadata.name < like.first) like.first = mine[i]->metadata.name;
    }
    if (mine.size() > most)
        r.warnings.push_back("new PodSecurity enforce level only checked against the first " +
                             std::to_string(most) + " of " + std::to_string(mine.size()) + " existing pods");
    if (broken.empty()) return {};
    r.warnings.push_back("existing pods in namespace \"" + r.name +
                         "\" violate the new PodSecurity enforce level \"" + demand.to_string() + "\"");
    auto told = std::vector<std::string>();
    for (auto const& [reasons, pods] : broken) told.push_back(shown_broken(reasons, pods));
    std::sort(told.begin(), told.end());
    r.warnings.insert(r.warnings.end(), told.begin(), told.end());
    return {};
}

inline auto admit_namespace(admission_request& r, admission_world const& world) -> result<void> {
    if (!r.subresource.empty()) return {};
    auto wrong = api::field_errors();
    auto const& now = r.object->as<namespace_>();
    auto const policy = security_policy_of(now.metadata.labels, wrong);
    auto const refuse = [&]() -> result<void> { return wrong.refuse("", "Namespace", now.metadata.name); };
    if (r.op == admission_request::operation::create) return wrong.empty() ? result<void>() : refuse();
    auto wrong_before = api::field_errors();
    auto const before = security_policy_of(r.before.as<namespace_>().metadata.labels, wrong_before);
    if (!wrong.empty() && wrong.causes() != wrong_before.causes()) return refuse();
    auto const& demand = policy.enforce;
    if (demand == before.enforce || demand.level == security_level::privileged) return {};
    if (demand.minor == before.enforce.minor && demand.level <= before.enforce.level) return {};
    return warn_of_existing(r, world, demand);
}

inline auto admit_securely(admission_request& r, admission_world const& world) -> result<void> {
    auto const writes =
        r.op == admission_request::operation::create || r.op == admission_request::operation::update;
    if (!writes || r.object == nullptr) return {};
    if (r.of.type == &object::type_of<pod>()) return admit_pod(r, world);
    if (r.of.type == &object::type_of<namespace_>()) return admit_namespace(r, world);
    auto const& group = r.of.resource->group;
    if (group.empty() || group == "apps" || group == "batch") return admit_template(r, world);
    return {};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto pod_security() -> api::admission {
    return {"PodSecurity", {}, &detail::admit_securely, {&namespace_::resource, &pod::resource}};
}

} // namespace berth::kube
