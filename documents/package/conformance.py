"""The claim of the file: archival (from the renderer) and accessible (added here, once the tags are whole)."""

from __future__ import annotations

import pikepdf
from pikepdf import Name

# PDF/A allows no property without a description of its schema, so the claim brings its own.
# Source: ISO 14289-1, 5; ISO 19005-3, 6.6.2.3.
CLAIM = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the standard the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
END = b"</rdf:RDF>"


def claim_accessible(pdf: pikepdf.Pdf) -> None:
    """Say in the file's metadata that it follows PDF/UA-1 beside PDF/A-3a."""
    metadata = pdf.Root.Metadata.read_bytes()
    if metadata.count(END) != 1:
        raise ValueError("The renderer wrote metadata in another form; the claim has no place in it.")
    pdf.Root.Metadata.write(metadata.replace(END, CLAIM + END))
    pdf.Root.Metadata.Type, pdf.Root.Metadata.Subtype = Name.Metadata, Name.XML
