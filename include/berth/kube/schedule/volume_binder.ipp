#pragma once

/// \file
/// The bodies of `berth/kube/schedule/volume_binder.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/volume_binder.hpp>
#include <berth/kube/schedule/volume_claims.hpp>
#include <berth/object/detail/go_text.hpp>

#include <algorithm>
#include <utility>

namespace berth::kube::detail {

/// What is looked at, as a word.
inline auto word_of_claim(std::string_view space, std::string_view name) -> std::string {
    return "claim " + std::string(space) + "/" + std::string(name);
}
inline auto word_of_volume(std::string_view name) -> std::string { return "volume " + std::string(name); }

inline auto out_of_reach(persistent_volume const& v, node const& n) -> std::string {
    return "pv " + object::detail::go_quoted(v.metadata.name) + " node affinity doesn't match node " +
           object::detail::go_quoted(n.metadata.name);
}

/// In the words in which a plugin of kube-scheduler fails.
inline auto unprepared(std::string const& why) -> schedule::permission {
    return schedule::reject("running PreBind plugin \"VolumeBinding\": " + why);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto volume_binder::reserve(pod_info const& p, node const& n) -> bool {
    if (claims_of(*p.value).empty()) return false;
    auto const claims = claims_to_place_of(*p.value, *all_);
    if (!claims || claims->unbound.empty()) return false;
    auto const plan = plan_volumes(*claims, n, *all_);
    if (!plan.possible()) return false;
    auto o = order{};
    o.space = p.value->metadata.namespace_;
    o.node = n.metadata.name;
    for (auto const& b : plan.bindings) add_binding(o, b);
    for (auto const* const c : plan.provisions) add_provision(o, *c);
    auto const& uid = p.value->metadata.uid;
    watch(uid, o);
    auto const changed =
        std::any_of(o.parts.begin(), o.parts.end(), [](part const& one) { return one.to_write; });
    open_.insert_or_assign(uid, std::move(o));
    return changed;
}

/// Puts `changed` into the place of what is known; the part keeps that.
template <object::kind_type T> auto volume_binder::assume(shelf<T>& among, part& p, T changed) -> void {
    p.to_write = true;
    p.before = among.entry_of(changed.metadata.namespace_, changed.metadata.name)->value.ref();
    p.assumed = {object::any_object(std::move(changed)), p.before.rev};
    among.put(object::stored<T>(p.assumed));
}

BERTH_DECL auto volume_binder::add_binding(order& o, volume_plan::binding const& b) -> void {
    auto p = part{};
    p.claim = b.claim->metadata.name;
    p.volume = b.volume->metadata.name;
    if (auto changed = bound_to(*b.volume, *b.claim)) assume(all_->volumes, p, *std::move(changed));
    o.parts.push_back(std::move(p));
}

BERTH_DECL auto volume_binder::add_provision(order& o, persistent_volume_claim const& c) -> void {
    auto p = part{};
    p.claim = c.metadata.name;
    auto changed = provisioned_for(c, o.node);
    if (changed != c) assume(all_->claims, p, std::move(changed));
    o.parts.push_back(std::move(p));
}

/// Only where the catalogue still has what was assumed: what the API has told since stays.
BERTH_DECL auto volume_binder::take_back(part const& p) -> bool {
    auto const restore = [&]<class T>(shelf<T>& among) {
        auto const& m = p.before.object.metadata();
        auto const* const e = among.entry_of(m.namespace_, m.name);
        if (e == nullptr || !e->value.ref().object.same(p.assumed.object)) return false;
        among.put(object::stored<T>(p.before));
        return true;
    };
    if (!p.before) return false;
    return p.volume.empty() ? restore(all_->claims) : restore(all_->volumes);
}

BERTH_DECL auto volume_binder::release(std::string const& uid) -> bool {
    auto const at = open_.find(uid);
    if (at == open_.end()) return false;
    auto changed = false;
    for (auto const& p : at->second.parts) changed = take_back(p) || changed;
    close(at);
    return changed;
}

BERTH_DECL auto volume_binder::finish(std::string const& uid) -> void {
    if (auto const at = open_.find(uid); at != open_.end()) close(at);
}

BERTH_DECL auto volume_binder::watch(std::string const& uid, order const& o) -> void {
    for (auto const& p : o.parts) {
        watchers_.emplace(detail::word_of_claim(o.space, p.claim), uid);
        if (!p.volume.empty()) watchers_.emplace(detail::word_of_volume(p.volume), uid);
    }
}

BERTH_DECL auto volume_binder::close(std::unordered_map<std::string, order>::iterator at) -> void {
    auto const drop = [&](std::string const& word) {
        auto const [first, last] = watchers_.equal_range(word);
        for (auto w = first; w != last;) {
            if (w->second == at->first) w = watchers_.erase(w);
            else ++w;
        }
    };
    for (auto const& p : at->second.parts) {
        drop(detail::word_of_claim(at->second.space, p.claim));
        if (!p.volume.empty()) drop(detail::word_of_volume(p.volume));
    }
    open_.erase(at);
}

BERTH_DECL auto volume_binder::ready(pod_info const& p, node const& n) -> schedule::permission {
    auto const at = open_.find(p.value->metadata.uid);
    if (at == open_.end()) return schedule::accept;
    auto& o = at->second;
    if (!o.failure.empty()) return detail::unprepared(o.failure);
    if (!std::exchange(o.handed_over, true)) {
        auto const writes = [](part const& one) { return one.to_write; };
        if (std::any_of(o.parts.begin(), o.parts.end(), writes)) to_send_.push_back(at->first);
    }
    return check(o, n);
}

BERTH_DECL auto volume_binder::send(api::any_client& client) -> bool {
    auto batch = std::vector<api::write>();
    auto whose = std::vector<std::pair<std::string, std::size_t>>(); // uid and part
    for (auto const& uid : std::exchange(to_send_, {})) {
        auto const at = open_.find(uid);
        if (at == open_.end()) continue;
        auto const& parts = at->second.parts;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (!parts[i].to_write) continue;
            auto how = api::update_options{};
            how.expected = parts[i].before.rev;
            batch.push_back(api::update_request{parts[i].assumed.object, std::move(how), nullptr});
            whose.emplace_back(uid, i);
        }
    }
    if (batch.empty()) return false;
    auto changed = false;
    auto const answers = client.commit(batch);
    for (std::size_t i = 0; i < whose.size(); ++i) {
        auto& o = open_.find(whose[i].first)->second;
        auto& p = o.parts[whose[i].second];
        if (answers[i]) {
            changed = all_->put(answers[i]->object) || changed;
            p.before = p.assumed = {};
            p.to_write = false;
        } else if (o.failure.empty()) {
            o.failure = answers[i].error().message;
        }
        due_.push_back(whose[i].first);
    }
    return changed;
}

BERTH_DECL auto volume_binder::hear(persistent_volume_claim const& c) -> void {
    touch(detail::word_of_claim(c.metadata.namespace_, c.metadata.name));
}

BERTH_DECL auto volume_binder::hear(persistent_volume const& v) -> void {
    touch(detail::word_of_volume(v.metadata.name));
    if (v.spec.claim_ref) touch(detail::word_of_claim(v.spec.claim_ref->namespace_, v.spec.claim_ref->name));
}

BERTH_DECL auto volume_binder::hear(node const& n) -> void {
    for (auto const& [uid, o] : open_)
        if (o.node == n.metadata.name) due_.push_back(uid);
}

BERTH_DECL auto volume_binder::touch(std::string const& what) -> void {
    auto const [first, last] = watchers_.equal_range(what);
    for (auto w = first; w != last; ++w) due_.push_back(w->second);
}

BERTH_DECL auto volume_binder::take_due() -> std::vector<std::string> {
    auto out = std::exchange(due_, {});
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

BERTH_DECL auto volume_binder::wait() const -> schedule::permission {
    return schedule::wait_for(limit_, "running PreBind plugin \"VolumeBinding\": binding volumes");
}

/// All parts: one that fails goes before one that waits.
BERTH_DECL auto volume_binder::check(order const& o, node const& n) const -> schedule::permission {
    auto out = schedule::permission(schedule::accept);
    for (auto const& p : o.parts) {
        auto says = check_part(o, p, n);
        if (says.permits()) continue;
        if (!says.waits()) return says;
        out = std::move(says);
    }
    return out;
}

BERTH_DECL auto volume_binder::check_part(order const& o, part const& p, node const& n) const
    -> schedule::permission {
    if (p.to_write) return wait();
    auto const fails = [](std::string const& why) { return detail::unprepared("binding volumes: " + why); };
    auto const* const c = all_->claims.find(o.space, p.claim);
    if (c == nullptr) return fails("failed to check binding: " + claim_not_found(p.claim));
    auto const* const chosen = selected_node_of(*c);
    if (p.volume.empty() && (chosen == nullptr || *chosen != o.node))
        return fails("provisioning failed for PVC " + object::detail::go_quoted(p.claim));
    auto const& name = p.volume.empty() ? c->spec.volume_name : p.volume;
    if (name.empty()) return wait();
    auto const* const v = all_->volumes.find("", name);
    if (v == nullptr && p.volume.empty()) return wait(); // it is made, and not known yet
    if (v == nullptr)
        return fails("failed to check binding: persistentvolume " + object::detail::go_quoted(name) +
                     " not found");
    if (!reaches(n, *v, all_->csi_nodes.find("", n.metadata.name))) return fails(detail::out_of_reach(*v, n));
    if (!p.volume.empty() && (!v->spec.claim_ref || v->spec.claim_ref->uid.empty()))
        return fails("ClaimRef got reset for pv " + object::detail::go_quoted(name));
    return is_fully_bound(*c) ? schedule::permission(schedule::accept) : wait();
}

} // namespace berth::kube
