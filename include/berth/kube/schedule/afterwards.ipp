#pragma once

/// \file
/// The bodies of `berth/kube/schedule/afterwards.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/afterwards.hpp>

namespace berth::kube {

BERTH_DECL auto afterwards::write(std::string uid, api::write w, time_point now) -> void {
    began(now);
    auto const [at, fresh] = row_of_.try_emplace(uid, load_.writes.size());
    if (!fresh) {
        load_.writes[at->second] = std::move(w);
        return;
    }
    load_.writes.push_back(std::move(w));
    uids_.push_back(std::move(uid));
}

BERTH_DECL auto afterwards::tell(reconcile::note n, time_point now) -> void {
    began(now);
    load_.notes.emplace_back(std::move(n), now);
}

BERTH_DECL auto afterwards::forget(std::string const& uid) -> void {
    auto const at = row_of_.find(uid);
    if (at == row_of_.end()) return;
    uids_[at->second].clear();
    row_of_.erase(at);
}

BERTH_DECL auto afterwards::due(time_point now, bool idle) const -> bool {
    return since_ && (idle || *since_ + patience <= now);
}

BERTH_DECL auto afterwards::due_at() const -> std::optional<time_point> {
    if (!since_) return std::nullopt;
    return *since_ + patience;
}

BERTH_DECL auto afterwards::take() -> load {
    auto out = load();
    out.notes = std::move(load_.notes);
    for (std::size_t i = 0; i < uids_.size(); ++i)
        if (!uids_[i].empty()) out.writes.push_back(std::move(load_.writes[i]));
    *this = afterwards();
    return out;
}

BERTH_DECL auto afterwards::began(time_point now) -> void {
    if (!since_) since_ = now;
}

} // namespace berth::kube
