//! Ladders and plots: what they show, in text and as SVG.

mod ladder;
mod ladder_svg;
mod plots;
mod wire;

/// The texts of an SVG, which has to be well-formed XML, in the order of the document.
fn texts(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).expect("SVG is XML");
    let texts = document.descendants().filter(|it| it.has_tag_name("text"));
    texts
        .map(|it| it.text().unwrap_or_default().to_owned())
        .collect()
}

/// Whether SVG names nothing outside of itself and runs nothing.
fn closed(svg: &str) -> bool {
    let document = roxmltree::Document::parse(svg).expect("SVG is XML");
    let foreign = ["script", "image", "use", "foreignObject", "a", "link"];
    document.descendants().all(|it| {
        !foreign.contains(&it.tag_name().name())
            && it
                .attributes()
                .all(|attribute| !attribute.name().starts_with("on") && attribute.name() != "href")
    }) && !svg.contains("@import")
        && !svg.contains("url(")
}
