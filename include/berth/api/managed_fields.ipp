#pragma once

/// \file
/// The bodies of `berth/api/managed_fields.hpp`.

#include <berth/api/detail/field_ledger.hpp>
#include <berth/api/managed_fields.hpp>
#include <berth/core/config.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/detail/sorted_json.hpp>
#include <berth/object/parse.hpp>
#include <berth/object/told_paths.hpp>

#include <boost/json/object.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace berth::api::detail {

inline auto nothing_ignored() -> object::field_set const& {
    static auto const none = object::field_set();
    return none;
}

inline auto ignored_by(field_write const& w) -> object::field_set const& {
    return w.ignored == nullptr ? nothing_ignored() : *w.ignored;
}

inline auto is_reset(managed_entries const& entries) -> bool {
    return entries.size() == 1 && object::type_of<object::managed_fields_entry>().is_zero(&entries[0]);
}

/// Entries as somebody sent them: written as ours are, of each owner the last one.
inline auto in_our_words(managed_entries sent) -> managed_entries {
    auto last = std::map<std::string, std::size_t>();
    for (std::size_t n = 0; n < sent.size(); ++n) last[ledger::owner_of(sent[n]).name] = n;
    auto out = managed_entries();
    for (std::size_t n = 0; n < sent.size(); ++n) {
        auto& e = sent[n];
        if (last.at(ledger::owner_of(e).name) != n || e.fields_v1.set().empty()) continue;
        e.fields_v1 = object::shared_fields(e.fields_v1.set());
        e.unknown.reset();
        out.push_back(std::move(e));
    }
    return out;
}

/// The managed fields that a write begins with: what the writer sent if that is any, else what there is.
inline auto beginning(object::any_object const* before, object::meta const& after,
                      std::string_view subresource) -> managed_entries {
    auto const& sent = after.managed_fields;
    static auto const none = managed_entries();
    auto const& there = before == nullptr ? none : before->metadata().managed_fields;
    if (subresource.empty()) {
        if (is_reset(sent)) return {};
        auto const news = !sent.empty() && !same_but_times(sent, there);
        if (news && well_formed(sent)) return in_our_words(sent);
    }
    return well_formed(there) ? there : managed_entries();
}

inline auto differences(object::any_object const* before, object::draft const& after) -> object::comparison {
    auto const nothing = object::draft(after.type());
    auto out = object::compare_fields(after.type(), before == nullptr ? nothing.data() : before->data(),
                                      after.data());
    auto const& strip = stripped_fields();
    return {out.added - strip, out.modified - strip, out.removed - strip};
}

/// Notes a creation that is like one before: its maker owns the same fields. Whether there was one.
inline auto note_known(object::draft& made, field_write const& w) -> bool {
    auto known = w.pool->creations().find(made, entry_of(w, updates), w.ignored);
    if (!known) return false;
    known->time = object::timestamp(w.now);
    made.metadata().managed_fields.push_back(*std::move(known));
    return true;
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto note_write(object::any_object const* before, object::draft& after, field_write const& w)
    -> void {
    auto& m = after.metadata();
    auto begin = detail::beginning(before, m, w.subresource);
    auto const untracked = begin.empty() && (before != nullptr || w.manager.empty());
    if (untracked) return m.managed_fields.clear();
    auto const typed = object::check_typed(after.type(), after.data()) &&
                       (before == nullptr || object::check_typed(before->type(), before->data()));
    if (!typed) { // who owns what of it cannot be told
        m.managed_fields = std::move(begin);
        return;
    }
    auto const is_first = before == nullptr && begin.empty() && m.managed_fields.empty();
    if (is_first && detail::note_known(after, w)) return;
    auto const change = detail::differences(before, after);
    auto book = detail::ledger(std::move(begin), *w.pool);
    if (change.same()) {
        m.managed_fields = std::move(book).finish();
        return;
    }
    auto const who = book.place(detail::entry_of(w, detail::updates));
    auto const& ignored = detail::ignored_by(w);
    auto const takes = !(change.added | change.modified).without(ignored).empty();
    object::note_change(change, book.owners(), detail::ledger::owner_of(book.entry(who)), ignored);
    if (w.manager.empty()) book.owners()[who].fields = std::make_shared<object::field_set const>();
    else if (takes) book.touch(who, object::timestamp(w.now));
    book.cap();
    auto entries = std::move(book).finish();
    if (is_first && entries.size() == 1 && takes) w.pool->creations().keep(after, entries[0], w.ignored);
    m.managed_fields = std::move(entries);
}

BERTH_DECL auto same_but_times(managed_entries const& a, managed_entries const& b) -> bool {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto const& x, auto const& y) {
        return detail::same_maker(x, y) && x.fields_type == y.fields_type && x.fields_v1 == y.fields_v1;
    });
}

} // namespace berth::api

namespace berth::api::detail {

/// What kubectl's client-side apply stated and nobody has changed since: whoever goes over to server-side
/// apply may have it (`lastAppliedManager`).
inline auto client_side_applied(object::draft const& object, object::resource_name const& r)
    -> object::field_set {
    auto const* const text = object.metadata().annotations.find(last_applied_annotation);
    if (text == nullptr) return {};
    auto const document = object::parse_document(*text);
    if (!document || !document->value.is_object()) return {};
    if (text_member(document->value, "apiVersion") != api_version(r)) return {};
    auto stated = object::stated_fields(object.type(), document->value);
    if (!stated) return {};
    auto const change = object::compare_stated(object.type(), object.data(), document->value);
    return *stated - change.added - change.modified - change.removed;
}

/// Whether these are all conflicts, and not as many as are told.
inline auto all_told(std::vector<object::field_conflict> const& conflicts) -> bool {
    auto size = std::size_t{0};
    for (auto const& c : conflicts)
        for (auto const& e : c.path) size += e.text.size();
    return size < object::told_paths::most_text;
}

/// Keeps the annotation of client-side apply up to date, where there is one (`lastAppliedUpdater`); whether
/// there is.
inline auto renew_last_applied(object::draft& object, boost::json::value document) -> bool {
    constexpr std::size_t most_annotations = 256U * 1024;
    auto& annotations = object.metadata().annotations;
    if (!annotations.contains(last_applied_annotation)) return false;
    if (auto* const m = document.get_object().if_contains("metadata"); m != nullptr && m->is_object())
        if (auto* const a = m->get_object().if_contains("annotations"); a != nullptr && a->is_object())
            a->get_object().erase(last_applied_annotation);
    auto text = std::string();
    object::detail::append_sorted(text, document);
    annotations[last_applied_annotation] = text += '\n';
    auto size = std::size_t{0};
    for (auto const& [name, value] : annotations) size += name.size() + value.size();
    if (size > most_annotations) annotations.erase(last_applied_annotation);
    return true;
}

/// Whether an object that was another differs from it, whoever owns what. It has no managed fields now; it
/// had `entries`.
inline auto differs(object::any_object const& before, managed_entries const& entries, object::draft& now)
    -> bool {
    now.metadata().managed_fields = entries;
    auto const same = now.type().equal(before.data(), now.data());
    now.metadata().managed_fields.clear();
    return !same;
}

/// The refusal of an apply to an object that is not what its type says; of the document if that is not
/// either.
inline auto refuse_object(object::type_info const& type, error const& why, boost::json::value const& document,
                          object::resource_name const& r) -> std::unexpected<error> {
    if (auto const stated = object::stated_fields(type, document); !stated)
        return refuse_document(stated.error(), document, r);
    return refuse_live(why, document, r);
}

/// An apply on its way.
struct applying {
    object::type_info const& type;
    boost::json::value const& document;
    field_write const& write;

    auto run(object::draft& object, ledger& book, bool force) const -> result<object::applied> {
        auto const who = book.place(entry_of(write, applies));
        auto owner = ledger::owner_of(book.entry(who));
        owner.version = api_version(*write.resource);
        return object::apply_document(type, object.data(), document, book.owners(), std::move(owner), force,
                                      ignored_by(write), stripped_fields());
    }
};

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto apply_to(object::draft& object, object::any_object const* before,
                         boost::json::value const& document, field_write const& w, bool force)
    -> result<bool> {
    constexpr std::string_view kubectl = "kubectl";
    if (auto ok = detail::check_document(document, *w.resource); !ok) return std::unexpected(ok.error());
    auto const& type = object.type();
    auto const entries = std::exchange(object.metadata().managed_fields, {});
    if (!detail::well_formed(entries)) return bad_request("failed to decode managed fields");
    auto const begin = [&] {
        auto book = detail::ledger(entries, *w.pool);
        if (!book.empty() || before == nullptr) return book;
        auto first = w;
        first.manager = first_apply_manager;
        auto const who = book.place(detail::entry_of(first, detail::updates));
        object::note_change(detail::differences(nullptr, object), book.owners(),
                            detail::ledger::owner_of(book.entry(who)), detail::ignored_by(w));
        book.touch(who, object::timestamp(w.now));
        return book;
    };
    if (auto const typed = object::check_typed(type, object.data()); !typed)
        return detail::refuse_object(type, typed.error(), document, *w.resource);
    auto const apply = detail::applying{type, document, w};
    auto book = std::make_unique<detail::ledger>(begin());
    auto done = apply.run(object, *book, force);
    auto const is_kubectl = w.manager == kubectl;
    if (done && before != nullptr && !done->conflicts.empty() && is_kubectl &&
        detail::all_told(done->conflicts)) {
        auto was = object::draft(*before);
        was.metadata().managed_fields.clear();
        auto const allowed = detail::client_side_applied(was, *w.resource);
        std::erase_if(done->conflicts,
                      [&](object::field_conflict const& c) { return allowed.contains(c.path); });
        if (done->conflicts.empty()) {
            type.assign(object.data(), was.data());
            book = std::make_unique<detail::ledger>(begin());
            done = apply.run(object, *book, true);
        }
    }
    if (!done) return detail::refuse_document(done.error(), document, *w.resource);
    if (!done->conflicts.empty()) return detail::refuse_conflicts(*book, done->conflicts);
    auto const who = book->place(detail::entry_of(w, detail::applies));
    auto changed = before == nullptr || (done->changed && detail::differs(*before, entries, object));
    if (changed) book->touch(who, object::timestamp(w.now));
    if (is_kubectl) changed = detail::renew_last_applied(object, document) || changed;
    object.metadata().managed_fields = std::move(*book).finish();
    return changed;
}

} // namespace berth::api
