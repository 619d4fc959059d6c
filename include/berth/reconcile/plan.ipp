#pragma once

/// \file
/// The bodies of `berth/reconcile/plan.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/encode.hpp>
#include <berth/reconcile/plan.hpp>

namespace berth::reconcile {

BERTH_DECL auto plan::create(object::any_object object) -> plan& {
    push(create_step{std::move(object)});
    return *this;
}

BERTH_DECL auto plan::update(object::object_ref const& before, object::any_object after,
                             std::string_view subresource) -> plan& {
    if (before.object != after) push(update_step{std::move(after), before.rev, std::string(subresource)});
    return *this;
}

BERTH_DECL auto plan::patch(object::object_ref const& target, std::string body, patching how) -> plan& {
    push(patch_step{reference(target.object), how.any_revision ? 0 : target.rev, how.type, std::move(body),
                    std::string(how.subresource)});
    return *this;
}

BERTH_DECL auto plan::apply(reference target, std::string body, applying how) -> plan& {
    push(apply_step{std::move(target), std::move(body), std::string(how.subresource),
                    std::string(how.manager), how.force});
    return *this;
}

BERTH_DECL auto plan::apply(object::any_object const& wanted, applying how) -> plan& {
    auto body = std::string();
    object::append_document(body, wanted.type(), wanted.data(), 0);
    return apply(reference(wanted.resource(), wanted.metadata().where()), std::move(body), how);
}

BERTH_DECL auto plan::remove(object::object_ref const& target, removing how) -> plan& {
    push(remove_step{reference(target.object), how.any_revision ? 0 : target.rev, how.grace_seconds,
                     how.policy});
    return *this;
}

BERTH_DECL auto plan::act(reference target, std::string action, object::any_object body) -> plan& {
    push(act_step{std::move(target), std::move(action), std::move(body)});
    return *this;
}

BERTH_DECL auto plan::require(object::object_ref const& target) -> plan& {
    push(require_step{reference(target.object), target.rev});
    return *this;
}

BERTH_DECL auto plan::require_absent(reference target) -> plan& {
    push(require_step{std::move(target), 0});
    return *this;
}

BERTH_DECL auto plan::tell(note what) -> plan& {
    push(std::move(what));
    return *this;
}

BERTH_DECL auto plan::look_again(duration d) -> plan& {
    if (!again_after || d < *again_after) again_after = d;
    return *this;
}

BERTH_DECL auto plan::retry(std::string why) -> plan& {
    error = plan_error{std::move(why), false};
    return *this;
}

BERTH_DECL auto plan::give_up(std::string why) -> plan& {
    error = plan_error{std::move(why), true};
    return *this;
}

BERTH_DECL auto plan::push(step s) -> void { steps.push_back(std::move(s)); }

BERTH_DECL auto resource_of(step const& s) -> object::resource_name const* {
    struct visitor {
        auto operator()(create_step const& c) const { return &c.object.resource(); }
        auto operator()(update_step const& u) const { return &u.object.resource(); }
        auto operator()(patch_step const& p) const { return p.target.resource; }
        auto operator()(apply_step const& a) const { return a.target.resource; }
        auto operator()(remove_step const& r) const { return r.target.resource; }
        auto operator()(act_step const& a) const { return a.target.resource; }
        auto operator()(require_step const&) const -> object::resource_name const* { return nullptr; }
        auto operator()(note const&) const -> object::resource_name const* { return nullptr; }
    };
    return std::visit(visitor{}, s);
}

BERTH_DECL auto to_string(step const& s) -> std::string {
    auto const about = [](std::string_view verb, object::resource_name const& r, std::string_view sub,
                          std::string const& where) {
        auto out = std::string(verb) + ' ' + std::string(r.plural);
        if (!sub.empty()) out += '/' + std::string(sub);
        return out + ' ' + where;
    };
    struct visitor {
        decltype(about) const& say;
        auto operator()(create_step const& c) const {
            auto const& m = c.object.metadata();
            auto const where = key{m.namespace_, m.name.empty() ? m.generate_name : m.name};
            return say("create", c.object.resource(), "", where.to_string());
        }
        auto operator()(update_step const& u) const {
            return say("update", u.object.resource(), u.subresource, u.object.metadata().where().to_string());
        }
        auto operator()(patch_step const& p) const {
            return say("patch", *p.target.resource, p.subresource, p.target.where.to_string());
        }
        auto operator()(remove_step const& r) const {
            return say("delete", *r.target.resource, "", r.target.where.to_string());
        }
        auto operator()(act_step const& a) const {
            return say("create", *a.target.resource, a.action, a.target.where.to_string());
        }
        auto operator()(apply_step const& a) const {
            return say("apply", *a.target.resource, a.subresource, a.target.where.to_string());
        }
        auto operator()(require_step const& r) const {
            return say(r.at == 0 ? "require no" : "require", *r.target.resource, "",
                       r.target.where.to_string());
        }
        auto operator()(note const& n) const { return "note " + n.reason + ": " + n.message; }
    };
    return std::visit(visitor{about}, s);
}

} // namespace berth::reconcile
